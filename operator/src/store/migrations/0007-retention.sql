-- How long results are kept, and the books of what is not kept slot by slot any more.

create table retention (
  only_row boolean primary key default true check (only_row),
  raw_days int4 not null default 7,
  minute_days int4 not null default 30,
  ten_minute_days int4 not null default 180,
  hour_days int4 not null default 730,
  -- epoch minute before which slot_minute is dropped
  books_from_minute int4 not null default 0
);
insert into retention default values;

-- The books of a span before end_minute. Every slot there is settled: a further answer is surplus.
create table span_closed (
  span_id int8 primary key references span,
  end_minute int4 not null,
  scheduled int8 not null,
  ok int8 not null,
  lost int8 not null,
  error int8 not null,
  denied int8 not null,
  dropped int8 not null,
  unaccounted int8 not null,
  reasons jsonb not null,
  -- due times of the first and the last sample
  first_ms int8,
  last_ms int8
);

-- slot_minute by the day, so that whole days can be dropped.
alter table slot_minute rename to slot_minute_unparted;
alter index slot_minute_key rename to slot_minute_unparted_key;
create table slot_minute (
  span_id int8 not null,
  minute int4 not null,
  mask int8 not null,
  ok int4 not null,
  lost int4 not null,
  error int4 not null,
  reasons jsonb
) partition by range (minute);
create index slot_minute_key on slot_minute (span_id, minute);
do $$
declare day int4;
begin
  for day in select distinct minute / 1440 from slot_minute_unparted loop
    execute format('create table %I partition of slot_minute for values from (%s) to (%s)',
      'slot_minute_' || to_char(date '1970-01-01' + day, 'YYYYMMDD'), day * 1440, (day + 1) * 1440);
  end loop;
end $$;
insert into slot_minute select span_id, minute, mask, ok, lost, error, reasons from slot_minute_unparted;
drop table slot_minute_unparted;
