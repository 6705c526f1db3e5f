-- What requests with an Idempotency-Key were answered; written with what they have done.
create table answered_request (
    request varchar(64) primary key,
    body_hash varchar(64) not null,
    status integer not null,
    answer varchar,
    answered_at timestamp(6) with time zone not null
);

create index answered_request_age on answered_request (answered_at);
