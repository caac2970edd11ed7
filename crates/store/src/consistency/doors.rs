//! Whether the doors' counts say how many tickets may come in and how many have: counted anew from the tickets.

use crate::statement::statements;

statements! {
    COUNTS = "
        select x.event_id || ' ' || x.tier_id as id,
               cast(cast(sum(x.kept_admitted) as bigint) as text) || ' of '
                 || cast(cast(sum(x.kept_expected) as bigint) as text) as kept,
               cast(cast(sum(x.admitted) as bigint) as text) || ' of '
                 || cast(cast(sum(x.expected) as bigint) as text) as counted
        from (
          select event_id, tier_id, expected as kept_expected, admitted as kept_admitted, 0 as expected, 0 as admitted
          from tickets_door_counts
          union all
          select event_id, tier_id, 0, 0,
                 case when status in ('valid', 'used') then 1 else 0 end,
                 case when status = 'used' then 1 else 0 end
          from tickets_tickets) x
        group by x.event_id, x.tier_id
        having sum(x.kept_expected) <> sum(x.expected)
            or sum(x.kept_admitted) <> sum(x.admitted)
        order by x.event_id, x.tier_id";
}

/// The statements with their sentences.
pub(super) const CHECKS: &[(&crate::Statement, &str)] = &[(
    &COUNTS,
    "the door of {id} says that {kept} came in, its tickets {counted}",
)];
