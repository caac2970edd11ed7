//! A listener whose connections can be cut from inside a handler.
//!
//! A fault such as "the answer never arrived" needs the socket: the handler marks its connection, and the next write fails
//! and closes it with a reset, which is what a client sees when a server dies.

use std::io::{Error, ErrorKind, IoSlice};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// The handler's end of a connection.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wire(Arc<AtomicBool>);

impl Wire {
    /// Cuts the connection: nothing more is written to it.
    pub(crate) fn cut(&self) {
        self.0.store(true, Ordering::Release);
    }
}

/// A TCP listener that hands out connections with a wire.
#[derive(Debug)]
pub(crate) struct Cuttable(pub(crate) TcpListener);

/// A connection that stops writing when it is cut.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: TcpStream,
    wire: Wire,
}

impl Listener for Cuttable {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        // The trait's own loop sleeps over errors such as too many open files.
        let (stream, addr) = Listener::accept(&mut self.0).await;
        let _small_answers_leave_at_once = stream.set_nodelay(true);
        (
            Connection {
                stream,
                wire: Wire::default(),
            },
            addr,
        )
    }

    fn local_addr(&self) -> std::io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

impl Connected<IncomingStream<'_, Cuttable>> for Wire {
    fn connect_info(stream: IncomingStream<'_, Cuttable>) -> Self {
        stream.io().wire.clone()
    }
}

impl Connection {
    fn check(&self) -> std::io::Result<()> {
        if self.wire.0.load(Ordering::Acquire) {
            let _a_plain_close_will_do_otherwise = self.stream.set_zero_linger();
            return Err(Error::from(ErrorKind::ConnectionReset));
        }
        Ok(())
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        match self.check() {
            Ok(()) => Pin::new(&mut self.stream).poll_write(cx, buf),
            Err(error) => Poll::Ready(Err(error)),
        }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<std::io::Result<usize>> {
        match self.check() {
            Ok(()) => Pin::new(&mut self.stream).poll_write_vectored(cx, bufs),
            Err(error) => Poll::Ready(Err(error)),
        }
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
