"""Resolve a column of a table of any size on Apache Spark.

On this machine, with two workers:

    pip install 'resolver-vnkh[spark]'
    spark-submit --master 'local[2]' examples/spark_job.py examples/mentions.csv out --column mention

On a cluster, send a packed environment (``pip install venv-pack; venv-pack -o environment.tar.gz``); the
compiled gazetteer is sent by ``resolver.spark`` itself:

    PYSPARK_PYTHON=./environment/bin/python spark-submit --master yarn --deploy-mode cluster \\
        --archives environment.tar.gz#environment --conf spark.executorEnv.PYSPARK_PYTHON=./environment/bin/python \\
        examples/spark_job.py hdfs:///mentions.parquet hdfs:///resolved --column place

Input by its ending: CSV with a header, or Parquet. The output is a folder of Parquet files.
"""

from __future__ import annotations

import argparse

from pyspark.sql import SparkSession

from resolver import spark


def main() -> None:
    """Read, resolve, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source")
    parser.add_argument("output")
    parser.add_argument("--column", required=True)
    parser.add_argument("--type")
    parser.add_argument("--date-column")
    asked = parser.parse_args()
    session = SparkSession.builder.appName("resolver").getOrCreate()
    reader = session.read.option("header", True)
    table = reader.csv(asked.source) if asked.source.endswith(".csv") else reader.parquet(asked.source)
    resolved = spark.normalize(table, asked.column, type=asked.type, date_column=asked.date_column)
    resolved.write.mode("overwrite").parquet(asked.output)


if __name__ == "__main__":
    main()
