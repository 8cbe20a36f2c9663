"""`write_parquet.py FROM TO`: the extract's tables as Parquet, in the order of the files, as DuckDB writes them by default; and what tells of its columns."""

import shutil
import sys
from pathlib import Path

import duckdb

import common

source, target = map(Path, sys.argv[1:])
target.mkdir(parents=True, exist_ok=True)
for table in common.TABLES:
    rows = f"SELECT * FROM read_csv('{source / table}.csv', header = true)"
    duckdb.execute(f"COPY ({rows}) TO '{target / table}.parquet' (FORMAT parquet)")
shutil.copy(source / "udtræk.toml", target)
