-- Which of two answers came later, also within the same millisecond: a follow-up continues the last one of its thread.
alter table answer add column position bigint generated always as identity;
drop index answer_thread;
create index answer_thread on answer (conversation, thread_id, position desc);
