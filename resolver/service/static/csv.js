// Tables as CSV, and files that a person keeps.

export function csv(rows, { delimiter = ",", terminator = "\n", bom = false } = {}) {
  const special = new RegExp(`["\r\n${delimiter === "\t" ? "\\t" : `\\${delimiter}`}]`);
  const cell = (text) => (special.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = rows.map((row) => (row.length === 1 && row[0] === "" ? '""' : row.map(cell).join(delimiter)));
  return `${bom ? "\ufeff" : ""}${lines.join(terminator)}${terminator}`;
}

export function save(name, text, type = "text/csv") {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
