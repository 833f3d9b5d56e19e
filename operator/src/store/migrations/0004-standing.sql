-- What planning last found out about a test, for those who show it: what stands in its way, and whether anything
-- is measured at all.
alter table stream_test
  -- see PlanProblem (domain/runs/happening.ts)
  add column problems jsonb not null default '[]',
  -- streams of the run that is going; 0 between runs
  add column planned_streams int4 not null default 0;
