-- The files of an extract, which `compare` has loaded as they stand (fil_…), as the tables that the rules are read over. A
-- blank cell is null. How a period ends has a column of its own: kendt (on the day `til`, which belongs to it), fortsat (it
-- has no end) or ukendt (nobody knows).

create function pg_temp.dag(celle text) returns date language sql immutable as
    $$ select case when celle ~ '^[0-9]' then celle::date end $$;
create function pg_temp.slut(celle text) returns text language sql immutable as
    $$ select case when celle ~ '^[0-9]' then 'kendt' else celle end $$;

create temporary table person as
    select sag, født::date, erhvervskompetencegivende_uddannelse as uddannelse from fil_person;
create temporary table ydelse as
    select sag, fra::date, pg_temp.dag(til) as til, pg_temp.slut(til) as slut, art, integrationsprogram from fil_ydelse;
create temporary table visitation as
    select sag, fra::date, pg_temp.dag(til) as til, pg_temp.slut(til) as slut, kategori from fil_visitation;
create temporary table indsats as
    select sag, fra::date, pg_temp.dag(til) as til, pg_temp.slut(til) as slut, art, status,
        replace(timer_pr_uge, ',', '.')::numeric as timer_pr_uge, ordinær_uddannelse from fil_indsats;
create temporary table fravær as
    select sag, fra::date, pg_temp.dag(til) as til, pg_temp.slut(til) as slut, grund, afgjort from fil_fravær;
create temporary table nært_forestående as
    select sag, fra::date, pg_temp.dag(til) as til, pg_temp.slut(til) as slut, grund, pligt_opretholdt
    from fil_nært_forestående;
create temporary table uden_for_kontaktforløb as
    select sag, fra::date, pg_temp.dag(til) as til, pg_temp.slut(til) as slut, grund from fil_uden_for_kontaktforløb;
create temporary table særligt_tilrettelagt_ungdomsuddannelse as
    select sag, fra::date, pg_temp.dag(til) as til, pg_temp.slut(til) as slut
    from fil_særligt_tilrettelagt_ungdomsuddannelse;
create temporary table samtale as
    select sag, dato::date, form from fil_samtale;
