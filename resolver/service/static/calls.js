// The service's calls. Addresses are relative, so that they hold behind a proxy, too.

async function answered(address, options = {}) {
  const response = await fetch(address, options);
  if (response.ok) return response;
  let told = `${response.status} ${response.statusText}`;
  try {
    const { error, remedy } = await response.json();
    told = remedy ? `${error}; ${remedy}` : error;
  } catch {
    // no JSON: the status has to do
  }
  throw new Error(told);
}

const asked = (parameters) =>
  new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== "")).toString();

const lines = async (response) =>
  (await response.text()).split("\n").filter(Boolean).map((line) => JSON.parse(line));

const posted = (body, signal) => ({
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(body),
  signal,
});

export const resolve = async (parameters, signal) =>
  (await answered(`resolve?${asked(parameters)}`, { signal })).json();

export const suggest = async (parameters, signal) =>
  (await (await answered(`suggest?${asked({ limit: 8, ...parameters })}`, { signal })).json()).entities;

export const annotate = async (text, date, language) =>
  (await lines(await answered("annotate", posted({ documents: [{ text, date }], language }))))[0].names;

export const normalize = async (body, signal) => lines(await answered("normalize", posted(body, signal)));

export async function rows(file) {
  const options = { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: file };
  const [told, ...found] = await lines(await answered(`rows?${asked({ name: file.name })}`, options));
  return { ...told, rows: found };
}
