-- How many answers there are, how many of them differ, and the first of those for each rule.

create temporary table compared as
    select coalesce(engine.sag, other.sag) as sag, coalesce(engine.rule, other.rule) as rule,
        coalesce(engine.state, other.state) as state, engine.days as engine_days, other.days as other_days,
        engine.days is distinct from other.days as differ
    from engine_answers as engine
    full join (select sag, rule, state, days from answers where not isempty(days)) as other using (sag, rule, state);

select count(*), count(*) filter (where differ) from compared;

select sag, rule, state, engine_days, other_days
from (select *, row_number() over (partition by rule order by length(engine_days::text || other_days::text), sag) as place
      from compared where differ) as differing
where place <= 3
order by rule, place;
