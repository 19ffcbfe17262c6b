-- Every answer says as of when each source behind it is: tables without a key of the source need an index to know which
-- sources they have rows of.
create index message_source on message (source);
create index bot_event_source on bot_event (source);
create index queue_sample_source on queue_sample (source);
create index agent_status_source on agent_status (source);
create index ticket_metric_source on ticket_metric (source);
