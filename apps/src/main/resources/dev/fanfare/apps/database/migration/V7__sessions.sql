-- Who shares a session. Users are whatever their tokens say: any text, with or without an account.
-- The limits of texts are the application's, in characters. Some databases count a character as two.
create table partner_session (
    id varchar(128) primary key,
    created_at timestamp(6) with time zone not null
);

create table session_member (
    session_id varchar(128) not null references partner_session (id) on delete cascade,
    user_id varchar(1024) not null,
    joined_at timestamp(6) with time zone not null,
    primary key (session_id, user_id)
);

create index session_member_user on session_member (user_id, joined_at);

-- When each partner was nudged last. It outlives a membership: who leaves and comes back gains nothing.
create table session_nudge (
    session_id varchar(128) not null references partner_session (id) on delete cascade,
    partner_id varchar(1024) not null,
    nudged_at timestamp(6) with time zone not null,
    primary key (session_id, partner_id)
);
