//! A ticket's QR code and an order's PDF.

use crate::cx::{Actor, Cx};
use crate::error::{Fault, faults};
use crate::house::House;
use crate::orders::{self, ShowError};
use model::ids::{OrderId, TicketId};
use model::ticket::TicketStatus;

/// Why a code or a PDF was not made.
#[derive(Debug, thiserror::Error)]
pub enum CodeError {
    /// There is no such ticket or order, or it is somebody else's.
    #[error("This ticket does not exist, or you need its order's link to see it.")]
    NotFound,
    /// The ticket no longer admits anybody.
    #[error("This ticket was refunded or canceled; it has no code any more.")]
    Dead,
    /// The order has no tickets: it is not paid.
    #[error("This order has no tickets.")]
    NoTickets,
    /// There are more tickets than one file of passes may have.
    #[error("An order of more than ten tickets has a pass for each, and none for all.")]
    TooMany,
    /// Nobody has configured passes for this wallet, or their certificate has ended.
    #[error("There are no passes for this wallet here.")]
    NoWallet,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(CodeError: store::StoreError);

impl From<ShowError> for CodeError {
    fn from(error: ShowError) -> Self {
        match error {
            ShowError::NotFound => Self::NotFound,
            ShowError::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// A code in both of its forms.
pub enum Codes {
    /// Scalable.
    Svg(String),
    /// Pixels.
    Png(Vec<u8>),
}

/// The QR code of a ticket, for whoever may see its order.
pub async fn qr_of_ticket(
    house: &House,
    cx: &Cx,
    id: &TicketId,
    png: bool,
) -> Result<Codes, CodeError> {
    let ticket = store::tickets::by_id(&mut *house.read().await?, id)
        .await?
        .ok_or(CodeError::NotFound)?;
    if !matches!(&cx.actor, Actor::Buyer(order) if *order == ticket.order_id) {
        orders::show_for(house, cx, &ticket.order_id).await?;
    }
    if matches!(
        ticket.status,
        TicketStatus::Refunded | TicketStatus::Canceled
    ) {
        return Err(CodeError::Dead);
    }
    let token = house.keyring.ticket_token(&ticket.id, ticket.qr_generation);
    let workshop = |why: crate::ports::PapersError| Fault::Workshop {
        what: "the QR code",
        why: why.to_string(),
    };
    if png {
        Ok(Codes::Png(house.papers.qr_png(&token).map_err(workshop)?))
    } else {
        Ok(Codes::Svg(house.papers.qr_svg(&token).map_err(workshop)?))
    }
}

/// The PDF of an order's tickets, for whoever may see the order.
pub async fn pdf_of_order(house: &House, cx: &Cx, id: &OrderId) -> Result<Vec<u8>, CodeError> {
    let view = orders::show_for(house, cx, id).await?;
    let paper = orders::paper_of(house, &view).await?;
    if paper.tickets.is_empty() {
        return Err(CodeError::NoTickets);
    }
    let pdf = house.papers.tickets_pdf(&paper).await;
    pdf.map_err(|why| {
        Fault::Workshop {
            what: "the PDF",
            why: why.to_string(),
        }
        .into()
    })
}
