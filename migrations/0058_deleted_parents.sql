-- Every figure over clocks, messages or texts leaves out what hangs on a deleted record. Few are deleted: an index of those
-- alone spares a look at every ticket or conversation.
create index ticket_deleted on ticket (id) where deleted_at is not null;
create index conversation_deleted on conversation (id) where deleted_at is not null;
create index opportunity_deleted on opportunity (id) where deleted_at is not null;
create index account_deleted on account (id) where deleted_at is not null;
