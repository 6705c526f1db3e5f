-- Users are whatever their tokens say: any text, with or without an account.
create table story (
    id uuid primary key,
    author_id varchar(512) not null,
    text varchar(4000) not null,
    created_at timestamp(6) with time zone not null
);

-- Each viewer once, with the time of the last view.
create table story_view (
    story_id uuid not null references story (id) on delete cascade,
    viewer_id varchar(512) not null,
    viewed_at timestamp(6) with time zone not null,
    primary key (story_id, viewer_id)
);

-- Each user's last reaction.
create table story_reaction (
    story_id uuid not null references story (id) on delete cascade,
    user_id varchar(512) not null,
    emoji varchar(32) not null,
    reacted_at timestamp(6) with time zone not null,
    primary key (story_id, user_id)
);
