"""Writes months.csv by python-dateutil (pip install python-dateutil).

For each number of months from -120 to 120: the SHA-256 of the text in which each day from 1990-01-01
to 2050-12-31, moved by so many months, stands on a line of its own as YYYY-MM-DD.
"""

import hashlib
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

FIRST, LAST = date(1990, 1, 1), date(2050, 12, 31)
days = [FIRST + timedelta(n) for n in range((LAST - FIRST).days + 1)]

print("months;sha256")
for months in range(-120, 121):
    moved = relativedelta(months=months)
    text = "".join(f"{(day + moved).isoformat()}\n" for day in days)
    print(f"{months};{hashlib.sha256(text.encode('ascii')).hexdigest()}")
