-- What scripts submitted is kept as long as samples, counted from when it came in.
create index guide_result_received on guide_result (received_at);
