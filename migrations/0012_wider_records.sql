-- Columns that deals, tickets, contacts, usage and survey answers gain: whom a deal came through, tags, the words of a
-- reply, the use of each feature, the conversation that an answer is about.

alter table opportunity add column partner_id uuid;
alter table opportunity_stage_event add column probability double precision;
alter table opportunity_stage_event add column forecast_category text;
alter table ticket add column tags jsonb;
alter table ticket_event add column body text;
alter table contact add column time_zone text;
alter table usage_daily add column feature_counts jsonb;
alter table usage_daily alter column api_calls drop default;
alter table usage_daily alter column logins drop default;
alter table survey_response add column conversation_id uuid;
