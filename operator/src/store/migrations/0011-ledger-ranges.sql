-- Batches that the ledger knows, as stretches of sequence numbers: what was folded out of it, one row for each start of
-- an agent unless a batch never came. A batch that comes again is known for ever, in a few rows.
create table ledger_range (
  agent_id text not null,
  epoch int8 not null,
  first_seq int8 not null,
  end_seq int8 not null,
  primary key (agent_id, epoch, first_seq)
);
