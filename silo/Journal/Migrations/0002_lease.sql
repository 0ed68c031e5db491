-- Who owns the journal. Each owner begins a new epoch and counts its beats; whoever stands by watches them. The holder
-- names the process, and its connections carry the name; null: the last owner has let go by itself.
create table journal.lease (
    is_one boolean primary key default true check (is_one),
    epoch  bigint  not null,
    beat   bigint  not null,
    holder text
);

insert into journal.lease (epoch, beat) values (0, 0);
