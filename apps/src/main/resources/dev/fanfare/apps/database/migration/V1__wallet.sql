-- Money is integer cents. There can be no debt: the database itself refuses it.
create table wallet (
    user_id bigint primary key check (user_id > 0),
    balance_cents bigint not null check (balance_cents >= 0),
    opened_at timestamp(6) with time zone default current_timestamp not null
);
