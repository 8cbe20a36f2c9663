-- Ten rules of Hjemmel, written by hand in plain SQL (PostgreSQL 15) from the rule files and LANGUAGE.md alone.
--
-- In:  person, ydelse, visitation, indsats, fravær, nært_forestående, uden_for_kontaktforløb,
--      særligt_tilrettelagt_ungdomsuddannelse, samtale
-- Out: answers(sag, rule, state, days)
--
-- (`offset 0` is for speed alone: it lets an operator be worked out once for each picture.)
--
-- How to read it. A day is judged by the rows that have begun on or before it. Between two days on which some row of a person begins,
-- that picture of the person stays the same; it is one row of the table `billede`, and `dage` are the days it is the picture of. Each
-- concept is a table with one row for each picture: which days, past and to come, have the concept in that picture. `svar` holds two
-- sets of days: where it surely holds, and where it may hold. At the end, of each picture only its own days are asked for.
--
-- A condition on one row is an SQL condition on its cells: SQL's null is the unknown cell, and its and/or/not are those of Kleene.

set work_mem = '256MB';
set jit = off;
set client_min_messages = warning;
drop table if exists answers;
drop type if exists svar cascade;
drop function if exists sikre_dage, mulige_dage, alle_dage, begyndt_før, og_dagen_efter, afbrudt_af_en_kalendermåned, i_mindst,
    inden_for_de_seneste, i_hele_uger, varighed_mindst, de_første_dage, efter_det_første cascade;

------------------------------------------------------------------------------------------------------------------------------------
-- The operators (LANGUAGE.md, "Conditions", "Time" and "What is not known")
------------------------------------------------------------------------------------------------------------------------------------

-- The days that a row surely covers, and those it may cover. A period with an unknown end has lasted its first day.
create function sikre_dage(fra date, til date, slut text) returns daterange language sql immutable as $$
    select case slut when 'kendt' then daterange(fra, til, '[]') when 'fortsat' then daterange(fra, null) else daterange(fra, fra, '[]') end
$$;

create function mulige_dage(fra date, til date, slut text) returns daterange language sql immutable as $$
    select case slut when 'kendt' then daterange(fra, til, '[]') else daterange(fra, null) end
$$;

create function alle_dage() returns datemultirange language sql immutable as $$ select datemultirange(daterange(null, null)) $$;

create type svar as (sikkert datemultirange, muligt datemultirange);

-- Of what the rows gave (null: no row).
create function som_svar(sikkert datemultirange, muligt datemultirange) returns svar language sql immutable as $$
    select row(coalesce(sikkert, '{}'), coalesce(muligt, '{}'))::svar
$$;

-- Of a fact that does not change with the days (null: not known).
create function som_svar(fast boolean) returns svar language sql immutable as $$
    select row(case when fast then alle_dage() else '{}' end, case when fast is not false then alle_dage() else '{}' end)::svar
$$;

create function og(a svar, b svar) returns svar language sql immutable as $$
    select row((a).sikkert * (b).sikkert, (a).muligt * (b).muligt)::svar
$$;

create function eller(a svar, b svar) returns svar language sql immutable as $$
    select row((a).sikkert + (b).sikkert, (a).muligt + (b).muligt)::svar
$$;

create function ikke(a svar) returns svar language sql immutable as $$
    select row(alle_dage() - (a).muligt, alle_dage() - (a).sikkert)::svar
$$;

-- `alder er under N`. Somebody born on 29 February turns a year older on 28 February in a common year.
create function alder_er_under(født date, år integer) returns svar language sql immutable as $$
    select case when født is null then som_svar(null::boolean)
        else row(datemultirange(daterange(null, (født + make_interval(years => år))::date)),
                 datemultirange(daterange(null, (født + make_interval(years => år))::date)))::svar end
$$;

-- The spells that began before a day.
create function begyndt_før(a datemultirange, dag date) returns datemultirange language sql immutable as $$
    select coalesce(range_agg(r) filter (where lower_inf(r) or lower(r) < dag), '{}') from unnest(a) r
$$;

-- The same days, and the day after each run.
create function og_dagen_efter(a datemultirange) returns datemultirange language sql immutable as $$
    select coalesce(range_agg(daterange(lower(r), upper(r) + 1)), '{}') from unnest(a) r
$$;

-- A transition: the spells of the old version that began before the day, and those of the new version that began on it or later.
-- A day is surely in a spell of the new version that began later if it cannot reach back, and may be in one if it need not. (A day that
-- may follow a sure spell from before can only belong to that spell.)
create function overgang(gammel svar, ny svar, dag date) returns svar language sql immutable as $$
    select case when isempty((gammel).muligt + (ny).muligt) then ny else row(
        begyndt_før((gammel).sikkert, dag) + ((ny).sikkert - begyndt_før((ny).muligt, dag)),
        begyndt_før((gammel).muligt, dag)
            + ((ny).muligt * datemultirange(daterange(dag, null)) - og_dagen_efter(begyndt_før((ny).sikkert, dag))))::svar end
$$;

-- `A afbrudt af en kalendermåned`: a gap is filled unless the first month that begins in it is over when it ends.
create function afbrudt_af_en_kalendermåned(a datemultirange) returns datemultirange language sql immutable as $$
    select a + coalesce(range_agg(ophold) filter (where
        date_trunc('month', (lower(ophold) - 1)::timestamp) + interval '2 months' > upper(ophold)::timestamp), '{}')
    from unnest(alle_dage() - a) ophold
    where not lower_inf(ophold) and not upper_inf(ophold)
$$;

create function afbrudt_af_en_kalendermåned(a svar) returns svar language sql immutable as $$
    select case when isempty((a).muligt) then a
        else row(afbrudt_af_en_kalendermåned((a).sikkert), afbrudt_af_en_kalendermåned((a).muligt))::svar end
$$;

-- `A i mindst D`.
create function i_mindst(a datemultirange, d interval) returns datemultirange language sql immutable as $$
    select coalesce(range_agg(daterange((lower(r) + d)::date, upper(r)))
        filter (where upper_inf(r) or (lower(r) + d)::date < upper(r)), '{}')
    from unnest(a) r
$$;

create function i_mindst(a svar, d interval) returns svar language sql immutable as $$
    select case when isempty((a).muligt) then a else row(i_mindst((a).sikkert, d), i_mindst((a).muligt, d))::svar end
$$;

-- `A inden for de seneste D`. The last such day t is the last with t - D no later than the last day of the run: that is the day D
-- after it, or, at the ends of months, the day before the one that lies D after the day that follows.
create function inden_for_de_seneste(a datemultirange, d interval) returns datemultirange language sql immutable as $$
    select coalesce(range_agg(daterange(lower(r), greatest((upper(r) - 1 + d)::date + 1, (upper(r) + d)::date))), '{}')
    from unnest(a) r
$$;

create function inden_for_de_seneste(a svar, d interval) returns svar language sql immutable as $$
    select case when isempty((a).muligt) then a else row(inden_for_de_seneste((a).sikkert, d), inden_for_de_seneste((a).muligt, d))::svar end
$$;

-- `A i hele uger`: whole ISO weeks, Monday to Sunday.
create function i_hele_uger(a datemultirange) returns datemultirange language sql immutable as $$
    select coalesce(range_agg(daterange(
        date_trunc('week', lower(r)::timestamp)::date, date_trunc('week', (upper(r) - 1)::timestamp)::date + 7)), '{}')
    from unnest(a) r
$$;

create function i_hele_uger(a svar) returns svar language sql immutable as $$
    select case when isempty((a).muligt) then a else row(i_hele_uger((a).sikkert), i_hele_uger((a).muligt))::svar end
$$;

-- `varighed er mindst D`: the rows' days, merged where they overlap or are adjacent, that last so long.
create function varighed_mindst(a datemultirange, dage integer) returns datemultirange language sql immutable as $$
    select coalesce(range_agg(r) filter (where upper_inf(r) or upper(r) >= lower(r) + dage), '{}') from unnest(a) r
$$;

create function varighed_mindst(a svar, dage integer) returns svar language sql immutable as $$
    select case when isempty((a).muligt) then a else row(varighed_mindst((a).sikkert, dage), varighed_mindst((a).muligt, dage))::svar end
$$;

-- `højst D før A slutter`: the last day of a run and the D days before it. A day may be a last day if it may be in A and the next need
-- not be. A day surely lies so near an end if, from a day not before it that is surely in A, the last possible day of that run is near.
create function højst_før_slutter(a svar, dage integer) returns svar language sql immutable as $$
    select case when isempty((a).muligt) then a else row(
        (select coalesce(range_agg(daterange(upper(r) - 1 - dage, upper((a).sikkert * datemultirange(r))))
                filter (where upper(r) - 1 - dage < upper((a).sikkert * datemultirange(r))), '{}')
         from unnest((a).muligt) r
         where not upper_inf(r) and (a).sikkert && r),
        (select coalesce(range_agg(daterange(lower(sidste) - dage, upper(sidste))), '{}')
         from unnest((a).muligt - (select coalesce(range_agg(daterange(lower(r) - 1, upper(r) - 1)), '{}') from unnest((a).sikkert) r)) sidste)
    )::svar end
$$;

-- For the clock: of each run its first day and the D days after it, so far as the run goes.
create function de_første_dage(a datemultirange, dage integer) returns datemultirange language sql immutable as $$
    select coalesce(range_agg(daterange(lower(r), lower(r) + dage, '[]') * r), '{}') from unnest(a) r where not lower_inf(r)
$$;

-- For the clock: of each run of `perioder`, the days that follow the first day of `a` in it.
create function efter_det_første(a datemultirange, perioder datemultirange) returns datemultirange language sql immutable as $$
    select coalesce(range_agg(daterange(lower(a * datemultirange(r)) + 1, upper(r))), '{}') from unnest(perioder) r where a && r
$$;

------------------------------------------------------------------------------------------------------------------------------------
-- The pictures
------------------------------------------------------------------------------------------------------------------------------------

-- The law in force is that of the day that is judged, also about the past: so 1 January 2020 begins a picture of its own.
create temporary table billede as
    select row_number() over () as nr, sag, viden,
        daterange(viden, lead(viden, 1, date '2022-01-01') over (partition by sag order by viden)) as dage
    from (
        select sag, date '2014-01-01' as viden from person union
        select sag, date '2020-01-01' from person union
        select sag, fra from ydelse union
        select sag, fra from visitation union
        select sag, fra from indsats union
        select sag, fra from fravær union
        select sag, fra from nært_forestående union
        select sag, fra from uden_for_kontaktforløb union
        select sag, fra from særligt_tilrettelagt_ungdomsuddannelse union
        select sag, dato from samtale
    ) begyndelser
    where viden between date '2014-01-01' and date '2021-12-31';
alter table billede add primary key (nr);
analyze billede;

-- The rows of each picture: those that have begun.
create temporary view ydelse_i_billede as
    select b.nr, y.art, y.integrationsprogram, sikre_dage(fra, til, slut) as sikre, mulige_dage(fra, til, slut) as mulige
    from billede b join ydelse y on y.sag = b.sag and y.fra <= b.viden;

create temporary view visitation_i_billede as
    select b.nr, v.kategori, sikre_dage(fra, til, slut) as sikre, mulige_dage(fra, til, slut) as mulige
    from billede b join visitation v on v.sag = b.sag and v.fra <= b.viden;

create temporary view indsats_i_billede as
    select b.nr, i.art, i.status, i.ordinær_uddannelse, sikre_dage(fra, til, slut) as sikre, mulige_dage(fra, til, slut) as mulige
    from billede b join indsats i on i.sag = b.sag and i.fra <= b.viden;

create temporary view fravær_i_billede as
    select b.nr, f.grund, f.afgjort, sikre_dage(fra, til, slut) as sikre, mulige_dage(fra, til, slut) as mulige
    from billede b join fravær f on f.sag = b.sag and f.fra <= b.viden;

create temporary view nært_forestående_i_billede as
    select b.nr, n.grund, n.pligt_opretholdt, sikre_dage(fra, til, slut) as sikre, mulige_dage(fra, til, slut) as mulige
    from billede b join nært_forestående n on n.sag = b.sag and n.fra <= b.viden;

create temporary view uden_for_kontaktforløb_i_billede as
    select b.nr, u.grund, sikre_dage(fra, til, slut) as sikre, mulige_dage(fra, til, slut) as mulige
    from billede b join uden_for_kontaktforløb u on u.sag = b.sag and u.fra <= b.viden;

create temporary view særligt_tilrettelagt_ungdomsuddannelse_i_billede as
    select b.nr, sikre_dage(fra, til, slut) as sikre, mulige_dage(fra, til, slut) as mulige
    from billede b join særligt_tilrettelagt_ungdomsuddannelse s on s.sag = b.sag and s.fra <= b.viden;

create temporary view samtale_i_billede as
    select b.nr, s.form, daterange(dato, dato, '[]') as dag
    from billede b join samtale s on s.sag = b.sag and s.dato <= b.viden;

------------------------------------------------------------------------------------------------------------------------------------
-- rules/fælles/målgrupper.regel
------------------------------------------------------------------------------------------------------------------------------------

-- What the rows of ydelse say. `ydelse` itself asks for a row only.
create temporary table ydelse_siger as
    select b.nr,
        som_svar(range_agg(sikre), range_agg(mulige)) as ydelse,
        som_svar(range_agg(sikre) filter (where art = 'kontanthjælp'),
                 range_agg(mulige) filter (where (art = 'kontanthjælp') is not false)) as kontanthjælp,
        som_svar(range_agg(sikre) filter (where art = 'uddannelseshjælp'),
                 range_agg(mulige) filter (where (art = 'uddannelseshjælp') is not false)) as uddannelseshjælp,
        som_svar(range_agg(sikre) filter (where art in ('kontanthjælp', 'uddannelseshjælp')),
                 range_agg(mulige) filter (where (art in ('kontanthjælp', 'uddannelseshjælp')) is not false))
            as kontant_eller_uddannelseshjælp,
        som_svar(range_agg(sikre) filter (where art = 'integrationsydelse' and integrationsprogram = 'nej'),
                 range_agg(mulige) filter (where (art = 'integrationsydelse' and integrationsprogram = 'nej') is not false))
            as integrationsydelse_uden_program,
        som_svar(range_agg(sikre) filter (where art = 'overgangsydelse' and integrationsprogram = 'nej'),
                 range_agg(mulige) filter (where (art = 'overgangsydelse' and integrationsprogram = 'nej') is not false))
            as overgangsydelse_uden_program
    from billede b left join ydelse_i_billede using (nr)
    group by b.nr;
analyze ydelse_siger (nr);

create temporary table visitation_siger as
    select b.nr,
        som_svar(range_agg(sikre) filter (where kategori = 'jobparat'),
                 range_agg(mulige) filter (where (kategori = 'jobparat') is not false)) as jobparat,
        som_svar(range_agg(sikre) filter (where kategori = 'aktivitetsparat'),
                 range_agg(mulige) filter (where (kategori = 'aktivitetsparat') is not false)) as aktivitetsparat,
        som_svar(range_agg(sikre) filter (where kategori in ('uddannelsesparat', 'åbenlyst_uddannelsesparat')),
                 range_agg(mulige) filter (where (kategori in ('uddannelsesparat', 'åbenlyst_uddannelsesparat')) is not false))
            as uddannelsesparat
    from billede b left join visitation_i_billede using (nr)
    group by b.nr;
analyze visitation_siger (nr);

-- begreb kontanthjælp_uden_program (to June 2025)
create temporary view kontanthjælp_uden_program as
    select nr, kontanthjælp as svar from ydelse_siger;

-- begreb overgangsydelse_uden_program, two versions, and overgang integrationsydelse_fra_før_2020
create temporary table overgangsydelse_uden_program as
    select nr,
        case when viden < date '2020-01-01' then integrationsydelse_uden_program
            else overgang(integrationsydelse_uden_program, overgangsydelse_uden_program, date '2020-01-01') end as svar
    from billede join ydelse_siger using (nr);
analyze overgangsydelse_uden_program (nr);

-- begreb under_30_uden_uddannelse
create temporary table under_30_uden_uddannelse as
    select nr, og(alder_er_under(født, 30), som_svar(uddannelse = 'nej')) as svar
    from billede join person using (sag);
analyze under_30_uden_uddannelse (nr);

-- begreb ydelse_til_unge (to June 2025)
create temporary view ydelse_til_unge as
    select nr, eller(uddannelseshjælp, o.svar) as svar
    from ydelse_siger join overgangsydelse_uden_program o using (nr);

-- begreb målgruppe_uddannelsesparat, begreb målgruppe_aktivitetsparat_ung, begreb målgruppe_ung
create temporary table målgruppe_uddannelsesparat as
    select nr, og(og(y.svar, uddannelsesparat), u.svar) as svar
    from ydelse_til_unge y join visitation_siger using (nr) join under_30_uden_uddannelse u using (nr);
analyze målgruppe_uddannelsesparat (nr);

create temporary table målgruppe_aktivitetsparat_ung as
    select nr, og(og(y.svar, aktivitetsparat), u.svar) as svar
    from ydelse_til_unge y join visitation_siger using (nr) join under_30_uden_uddannelse u using (nr);
analyze målgruppe_aktivitetsparat_ung (nr);

create temporary table målgruppe_ung as
    select nr, eller(u.svar, a.svar) as svar
    from målgruppe_uddannelsesparat u join målgruppe_aktivitetsparat_ung a using (nr);
analyze målgruppe_ung (nr);

-- begreb målgruppe_jobparat
create temporary table målgruppe_jobparat as
    select nr, og(eller(k.svar, o.svar), jobparat) as svar
    from kontanthjælp_uden_program k join overgangsydelse_uden_program o using (nr) join visitation_siger using (nr);
analyze målgruppe_jobparat (nr);

-- begreb målgruppe_aktivitetsparat
create temporary table målgruppe_aktivitetsparat as
    select nr, og(og(eller(k.svar, o.svar), aktivitetsparat), ikke(u.svar)) as svar
    from kontanthjælp_uden_program k join overgangsydelse_uden_program o using (nr) join visitation_siger using (nr)
        join målgruppe_ung u using (nr);
analyze målgruppe_aktivitetsparat (nr);

-- begreb forløb_som_aktivitetsparat
create temporary table forløb_som_aktivitetsparat as
    select nr, og(a.sammenhængende, ikke(j.svar)) as svar
    from (select nr, afbrudt_af_en_kalendermåned(svar) as sammenhængende from målgruppe_aktivitetsparat offset 0) a
        join målgruppe_jobparat j using (nr);

------------------------------------------------------------------------------------------------------------------------------------
-- rules/fælles/tilbud.regel
------------------------------------------------------------------------------------------------------------------------------------

-- The rows of indsats that meet each condition, before anything is said of their duration. Rows that are planned or annulled never count.
create temporary table indsats_siger as
    select b.nr,
        som_svar(range_agg(sikre) filter (where de_fire_slags and i_gang),
                 range_agg(mulige) filter (where (de_fire_slags and i_gang) is not false)) as alle_slags,
        som_svar(range_agg(sikre) filter (where uden_øvrig and i_gang),
                 range_agg(mulige) filter (where (uden_øvrig and i_gang) is not false)) as uden_øvrig_vejledning,
        som_svar(range_agg(sikre) filter (where art = 'løntilskud' and i_gang),
                 range_agg(mulige) filter (where (art = 'løntilskud' and i_gang) is not false)) as løntilskud,
        som_svar(range_agg(sikre) filter (where art = 'mentor' and i_gang),
                 range_agg(mulige) filter (where (art = 'mentor' and i_gang) is not false)) as mentor,
        som_svar(range_agg(sikre) filter (where de_fire_slags_eller_mentor and i_gang),
                 range_agg(mulige) filter (where (de_fire_slags_eller_mentor and i_gang) is not false)) as alle_slags_eller_mentor
    from billede b left join (
        select *,
            status not in ('planlagt', 'annulleret') as i_gang,
            art in ('vejledning_opkvalificering', 'virksomhedspraktik', 'nytteindsats', 'løntilskud') as de_fire_slags,
            art in ('vejledning_opkvalificering', 'virksomhedspraktik', 'nytteindsats', 'løntilskud', 'mentor') as de_fire_slags_eller_mentor,
            art in ('virksomhedspraktik', 'nytteindsats', 'løntilskud')
                or (art = 'vejledning_opkvalificering' and ordinær_uddannelse = 'ja') as uden_øvrig
        from indsats_i_billede) rækker using (nr)
    group by b.nr;
analyze indsats_siger (nr);

-- begreb tilbud_der_tæller: the version to 2019, the version from 2020 (with tilbud_uden_øvrig_vejledning, tilbud_af_enhver_slags and
-- øvrig_vejledning_tæller, which is ja to 21 March 2023), and overgang tilbud_fra_før_2020. mindste_varighed_af_tilbud is two weeks.
create temporary table tilbud_der_tæller as
    select nr, case when viden < date '2020-01-01' then til_2019 else overgang(til_2019, fra_2020, date '2020-01-01') end as svar
    from billede join (
        select nr, til_2019, eller(tilbud_uden_øvrig_vejledning, og(som_svar(true), tilbud_af_enhver_slags)) as fra_2020
        from (
            select nr, af_to_uger as til_2019, af_to_uger as tilbud_af_enhver_slags,
                varighed_mindst(uden_øvrig_vejledning, 14) as tilbud_uden_øvrig_vejledning
            from (select nr, varighed_mindst(alle_slags, 14) as af_to_uger, uden_øvrig_vejledning from indsats_siger offset 0) rækker
            offset 0) tilbud
        offset 0) versioner using (nr);

-- begreb mentorstøtte (to 2019)
create temporary view mentorstøtte as
    select nr, mentor as svar from indsats_siger;

------------------------------------------------------------------------------------------------------------------------------------
-- rules/fælles/opgørelse_af_perioder.regel
------------------------------------------------------------------------------------------------------------------------------------

-- begreb hjælp
create temporary table hjælp as
    select nr, eller(eller(k.svar, uddannelseshjælp), eller(o.svar, løntilskud)) as svar
    from kontanthjælp_uden_program k join ydelse_siger using (nr) join overgangsydelse_uden_program o using (nr)
        join indsats_siger using (nr);
analyze hjælp (nr);

-- begreb hjælp_før_ophold and begreb sammenhængende_hjælp. hele_uger_tæller_ved_ophold is nej and kun_hel_kalendermåned_bryder is ja, so
-- hjælp_før_ophold is hjælp, and only a whole calendar month breaks the period.
create temporary table sammenhængende_hjælp as
    select nr, afbrudt_af_en_kalendermåned(svar) as svar from hjælp;
analyze sammenhængende_hjælp (nr);

------------------------------------------------------------------------------------------------------------------------------------
-- rules/opgørelser/ministeriets_opgørelse_2017.regel (2016 to 2019)
------------------------------------------------------------------------------------------------------------------------------------

-- begreb i_kontanthjælpssystemet
create temporary table i_kontanthjælpssystemet as
    select nr, i_hele_uger(sammenhængende_ydelse) as svar
    from (
        select nr, afbrudt_af_en_kalendermåned(ydelse) as sammenhængende_ydelse
        from billede join ydelse_siger using (nr)
        where dage && daterange('2016-01-01', '2020-01-01') offset 0) ophold_er_fyldt;
analyze i_kontanthjælpssystemet (nr);

-- begreb i_opgørelsens_målgruppe. integrationsydelse_i_opgørelsen is nej; opgørelsens_anciennitet is a year.
create temporary table i_opgørelsens_målgruppe as
    select nr, og(og(aktivitetsparat, kontant_eller_uddannelseshjælp), i_et_år) as svar
    from (select nr, i_mindst(svar, interval '1 year') as i_et_år from i_kontanthjælpssystemet offset 0) i
        join visitation_siger using (nr) join ydelse_siger using (nr);
analyze i_opgørelsens_målgruppe (nr);

-- opdeling opfølgning: the first state that applies. opgørelsens_periode is twelve months.
create temporary table opfølgning as
    select nr,
        alle_dage() - (m.svar).muligt as ikke_med,
        (m.svar).sikkert * (indsats).sikkert as med_indsats,
        (m.svar).sikkert - (indsats).muligt as uden_indsats
    from i_opgørelsens_målgruppe m join (
        select nr, inden_for_de_seneste(alle_slags_eller_mentor, interval '12 months') as indsats
        from indsats_siger offset 0) seneste using (nr);
analyze opfølgning (nr);

------------------------------------------------------------------------------------------------------------------------------------
-- rules/lab/kapitel_7a_og_17_fritagelse.regel (to 2019)
------------------------------------------------------------------------------------------------------------------------------------

-- begreb dokumenteret_begivenhed, begreb midlertidigt_hjemsendt
create temporary table nært_forestående_siger as
    select b.nr,
        som_svar(range_agg(sikre) filter (where begivenhed and pligt_opretholdt = 'nej'),
                 range_agg(mulige) filter (where (begivenhed and pligt_opretholdt = 'nej') is not false)) as dokumenteret_begivenhed,
        som_svar(range_agg(sikre) filter (where hjemsendt and pligt_opretholdt = 'nej'),
                 range_agg(mulige) filter (where (hjemsendt and pligt_opretholdt = 'nej') is not false)) as midlertidigt_hjemsendt
    from billede b left join (
        select *,
            grund in ('fuldtidsjob', 'fleksjob', 'barsel', 'efterløn', 'fleksydelse', 'folkepension') as begivenhed,
            grund in ('arbejdsfordeling', 'vejrlig') as hjemsendt
        from nært_forestående_i_billede) rækker using (nr)
    where viden < date '2020-01-01'
    group by b.nr;
analyze nært_forestående_siger (nr);

-- begreb på_vej_væk_fra_ydelsen. varsel_for_begivenhed is six weeks.
create temporary table på_vej_væk_fra_ydelsen as
    select nr, og(dokumenteret_begivenhed, seks_uger_før) as svar
    from (
        select nr, dokumenteret_begivenhed, højst_før_slutter(dokumenteret_begivenhed, 42) as seks_uger_før
        from nært_forestående_siger offset 0) b;
analyze på_vej_væk_fra_ydelsen (nr);

------------------------------------------------------------------------------------------------------------------------------------
-- rules/lab/kapitel_7_samtaler.regel (to 2019)
------------------------------------------------------------------------------------------------------------------------------------

-- begreb på_barsel
create temporary table på_barsel as
    select b.nr,
        som_svar(range_agg(sikre) filter (where grund = 'barsel' and afgjort = 'ja'),
                 range_agg(mulige) filter (where (grund = 'barsel' and afgjort = 'ja') is not false)) as svar
    from billede b left join fravær_i_billede using (nr)
    where viden < date '2020-01-01'
    group by b.nr;
analyze på_barsel (nr);

create temporary table uden_for_kontaktforløb_siger as
    select b.nr,
        som_svar(range_agg(sikre) filter (where grund in ('pensionsalder', 'uden_optjent_førtidspension', 'under_18')),
                 range_agg(mulige) filter (where (grund in ('pensionsalder', 'uden_optjent_førtidspension', 'under_18')) is not false)) as svar
    from billede b left join uden_for_kontaktforløb_i_billede using (nr)
    where viden < date '2020-01-01'
    group by b.nr;
analyze uden_for_kontaktforløb_siger (nr);

create temporary table i_særligt_tilrettelagt_ungdomsuddannelse as
    select b.nr, som_svar(range_agg(sikre), range_agg(mulige)) as svar
    from billede b left join særligt_tilrettelagt_ungdomsuddannelse_i_billede using (nr)
    where viden < date '2020-01-01'
    group by b.nr;
analyze i_særligt_tilrettelagt_ungdomsuddannelse (nr);

-- begreb undtaget_fra_kontaktforløbet
create temporary table undtaget_fra_kontaktforløbet as
    select nr, eller(eller(u.svar, s.svar), b.svar) as svar
    from uden_for_kontaktforløb_siger u join i_særligt_tilrettelagt_ungdomsuddannelse s using (nr) join på_barsel b using (nr);
analyze undtaget_fra_kontaktforløbet (nr);

create temporary table samtale_siger as
    select b.nr,
        som_svar(range_agg(dag), range_agg(dag)) as samtale,
        som_svar(range_agg(dag) filter (where form = 'fremmøde'),
                 range_agg(dag) filter (where (form = 'fremmøde') is not false)) as fremmøde
    from billede b left join samtale_i_billede using (nr)
    where viden < date '2020-01-01'
    group by b.nr;
analyze samtale_siger (nr);

-- begreb uden_mødepligt
create temporary table uden_mødepligt as
    select nr, og(eller(j.svar, a.svar), eller(p.svar, midlertidigt_hjemsendt)) as svar
    from målgruppe_jobparat j join målgruppe_aktivitetsparat a using (nr) join på_vej_væk_fra_ydelsen p using (nr)
        join nært_forestående_siger using (nr);
analyze uden_mødepligt (nr);

-- begreb samtale_ved_fremmøde
create temporary table samtale_ved_fremmøde as
    select nr, eller(fremmøde, eller(og(samtale, u.svar), og(samtale, m.svar))) as svar
    from samtale_siger join målgruppe_uddannelsesparat u using (nr) join uden_mødepligt m using (nr);
analyze samtale_ved_fremmøde (nr);

-- pligt første_samtale: `for ikke undtaget_fra_kontaktforløbet`, `regnet fra sammenhængende_hjælp`, `opfyldes af samtale_ved_fremmøde`
-- (nothing follows: discharged for the rest of the period), `frist` and `ved overgang frist` both a week.
--
-- The exemption standby rests on decisions (opfølgning_uden_kontakt), which are not in the extract and then do not hold; nothing suspends
-- the duty and it requires no assessment. The transition and the other exemptions begin in 2020. So the clock of a day is:
-- the due day is a week after the first day of the period, or a week after the day the duty came to apply to the person, if that is later;
-- a day with such a talk is i_tilbud, a later day of the same period indfriet.
create temporary table første_samtale as
    select nr, ikke_omfattet, i_tilbud, indfriet, uden_samtale * fristen_løber as frist_løber, uden_samtale - fristen_kan_løbe as overskredet
    from (
        select nr,
            alle_dage() - (s).muligt * (k).muligt as ikke_omfattet,
            omfattet * (f).sikkert as i_tilbud,
            omfattet * efter_det_første((f).sikkert, (k).sikkert) - (f).muligt as indfriet,
            -- no talk that may count: neither today nor before, also if the period began as early as it may
            omfattet - (f).muligt - efter_det_første((f).muligt, (k).muligt) as uden_samtale,
            -- the due day has surely not passed: not even if period and duty began as early as they may
            de_første_dage((k).muligt, 7) + de_første_dage((s).muligt, 7) as fristen_løber,
            -- the due day may not have passed: not if they began as late as they may
            de_første_dage((k).sikkert, 7) + de_første_dage((s).sikkert, 7) as fristen_kan_løbe
        from (
            select nr, k.svar as k, s.svar as s, f.svar as f, (k.svar).sikkert * (s.svar).sikkert as omfattet
            from sammenhængende_hjælp k join (select nr, ikke(svar) as svar from undtaget_fra_kontaktforløbet offset 0) s using (nr)
                join samtale_ved_fremmøde f using (nr)
            offset 0) tidslinjer
        offset 0) uret;
analyze første_samtale (nr);

------------------------------------------------------------------------------------------------------------------------------------
-- The answers: of each picture its own days, within the days that are asked about
------------------------------------------------------------------------------------------------------------------------------------

create table answers as
    with begreber as (
        select 'målgruppe_jobparat' as rule, nr, svar, daterange('2014-01-01', '2022-01-01') as vindue from målgruppe_jobparat union all
        select 'målgruppe_aktivitetsparat', nr, svar, daterange('2014-01-01', '2022-01-01') from målgruppe_aktivitetsparat union all
        select 'målgruppe_ung', nr, svar, daterange('2014-01-01', '2022-01-01') from målgruppe_ung union all
        select 'hjælp', nr, svar, daterange('2014-01-01', '2022-01-01') from hjælp union all
        select 'sammenhængende_hjælp', nr, svar, daterange('2014-01-01', '2022-01-01') from sammenhængende_hjælp union all
        select 'forløb_som_aktivitetsparat', nr, svar, daterange('2014-01-01', '2022-01-01') from forløb_som_aktivitetsparat union all
        select 'tilbud_der_tæller', nr, svar, daterange('2014-01-01', '2022-01-01') from tilbud_der_tæller union all
        select 'mentorstøtte', nr, svar, daterange('2014-01-01', '2020-01-01') from mentorstøtte
    ), tilstande as (
        select rule, nr, state, days, vindue
        from begreber cross join lateral (values ('ja', (svar).sikkert), ('ukendt', (svar).muligt - (svar).sikkert)) t (state, days)
        union all
        select 'opfølgning', nr, state, days, daterange('2016-01-01', '2020-01-01')
        from opfølgning cross join lateral (values
            ('ikke_med', ikke_med),
            ('med_indsats', med_indsats),
            ('uden_indsats', uden_indsats),
            ('ukendt', alle_dage() - ikke_med - med_indsats - uden_indsats)) t (state, days)
        union all
        select 'første_samtale', nr, state, days, daterange('2014-01-01', '2020-01-01')
        from første_samtale cross join lateral (values
            ('ikke_omfattet', ikke_omfattet),
            ('i_tilbud', i_tilbud),
            ('indfriet', indfriet),
            ('frist_løber', frist_løber),
            ('overskredet', overskredet),
            ('ukendt', alle_dage() - ikke_omfattet - i_tilbud - indfriet - frist_løber - overskredet)) t (state, days)
    )
    select sag, rule, state, range_agg(days * datemultirange(dage * vindue)) as days
    from tilstande join billede using (nr)
    where days && (dage * vindue)
    group by sag, rule, state;
