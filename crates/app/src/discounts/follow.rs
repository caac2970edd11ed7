//! What a refund does to the use of a code.

use model::ids::OrderId;
use model::order::OrderStatus;
use model::time::Time;
use store::{StoreError, WriteTx};

/// Lets the use of an order's code follow the order's status, in the transaction that changes it: an order
/// that was refunded whole gives its use back, if the code allows that; one whose refund failed takes it
/// again, if it is still free. If it is not, somebody else has it by right, and the order stays as paid as
/// it is without one.
///
/// Whoever calls has locked the order and its code. Doing it twice changes nothing more.
pub async fn follow(
    tx: &mut WriteTx,
    order: &OrderId,
    status: OrderStatus,
    now: Time,
) -> Result<(), StoreError> {
    match status {
        OrderStatus::Refunded => store::discounts::give_use_back(tx, order, now).await?,
        OrderStatus::Paid | OrderStatus::PartiallyRefunded => {
            store::discounts::take_use_again(tx, order, now).await?
        }
        OrderStatus::Pending | OrderStatus::Canceled => false,
    };
    Ok(())
}
