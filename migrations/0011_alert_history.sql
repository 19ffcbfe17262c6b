-- Two look-ups of every evaluation: the recent past of a fingerprint (flapping, first evaluation of a rule), and the
-- alerts that were dismissed although their condition still holds.

create index alert_history on alert (rule_id, fingerprint, pending_at);
create index alert_dismissed on alert (rule_id) where state = 'resolved' and resolve_reason = 'expired' and misses = 0;
