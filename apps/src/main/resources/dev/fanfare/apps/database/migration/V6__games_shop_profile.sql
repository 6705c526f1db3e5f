-- How a user has fared in each game. Whoever writes a row holds the user's wallet.
create table game_stats (
    user_id bigint not null check (user_id > 0),
    game_type varchar(16) not null,
    rounds bigint not null,
    rounds_won bigint not null,
    staked_cents bigint not null,
    paid_cents bigint not null,
    best_payout_cents bigint not null,
    primary key (user_id, game_type)
);

create table shop_item (
    item_key varchar(64) primary key,
    name varchar(100) not null,
    description varchar(500) not null,
    price_cents bigint not null check (price_cents > 0)
);

insert into shop_item (item_key, name, description, price_cents) values
    ('lucky_charm', 'Lucky Charm', 'Shines, and does nothing for your odds.', 50),
    ('confetti', 'Confetti', 'A handful for every occasion.', 100),
    ('golden_frame', 'Golden Frame', 'A frame for the picture of your profile.', 500),
    ('champion_title', 'Champion''s Title', 'The word "Champion" beside your name.', 2500);

create table inventory (
    user_id bigint not null check (user_id > 0),
    item_key varchar(64) not null references shop_item,
    quantity bigint not null check (quantity >= 0),
    primary key (user_id, item_key)
);

-- The limits of texts are the application's, in characters. Some databases count a character as two.
create table profile (
    user_id bigint primary key check (user_id > 0),
    display_name varchar(100) not null,
    bio varchar(1000) not null,
    avatar_url varchar(1000) not null
);

create table streak (
    user_id bigint primary key check (user_id > 0),
    days integer not null check (days >= 0),
    last_claimed_on date
);
