-- Of events whose names are told beside them; tables that are older get it here.
alter table fanfare_outbox add column if not exists event_name varchar(1024);
