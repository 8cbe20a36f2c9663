-- Writes months.csv by PostgreSQL: the same text and the same digests as dateutil_months.py.
\pset tuples_only on
\pset format unaligned
set datestyle = 'ISO, YMD';
select 'months;sha256';
select months || ';' || encode(sha256(convert_to(
         string_agg((day::date + make_interval(months => months))::date::text || E'\n', '' order by day),
         'UTF8')), 'hex')
from generate_series(-120, 120) as months,
     generate_series(timestamp '1990-01-01', timestamp '2050-12-31', interval '1 day') as day
group by months
order by months;
