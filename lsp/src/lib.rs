//! The language server: the protocol around `hjemmel-ide`. Knows no rules.
//!
//! ```text
//! client -> guard -> tower-lsp -> server -> queue -> session (one task, owns all documents)
//!                                    |                  | a View of one moment
//!                                    +-- requests/*  <--+ answered off the task
//! ```
//!
//! What keeps it sound: handlers put their message on one queue before anything else ([`session`]
//! is the only writer); changes are put in the order of their versions; requests are answered from
//! an immutable [`view`] that the same queue hands out; a frame that cannot be read is answered by
//! the [`guard`] and never reaches the library's reader, which would end.

#![cfg_attr(not(test), deny(clippy::disallowed_methods, clippy::disallowed_types))]

mod addresses;
mod capabilities;
mod commands;
mod convert;
mod document;
mod findings;
mod folders;
mod guard;
mod lenses;
mod lifeline;
mod live;
mod progress;
mod requests;
mod server;
mod session;
mod settings;
mod view;

pub use hjemmel_ide::population;

pub use hjemmel_ide::Limits;
use population::Population;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tower_lsp::LspService;

/// How many messages of the client may be under way at once. Each is only a waiting future; what
/// costs time is limited elsewhere. It must be more than a client ever asks at once: that a request
/// is taken back is a message too, and is not heard before there is a place for it.
const CONCURRENCY: usize = 1 << 16;
/// How long answers may still be written after the client is gone.
const GRACE: Duration = Duration::from_secs(1);

/// Serves the client at standard input and output until it is gone.
///
/// Success if the client asked for the end as the protocol wants it (`shutdown`, then `exit`).
#[must_use]
pub fn run() -> ExitCode {
    run_with(Setup::default())
}

/// What the program that runs the server gives it.
#[derive(Clone, Default)]
pub struct Setup {
    /// Who can read the extract that a user names: rules then tell how many of its cases they cover.
    pub population: Option<Arc<dyn Population>>,
    /// How large a rule file may be.
    pub limits: Limits,
}

/// The same as [`run`], with what the program gives.
#[must_use]
pub fn run_with(setup: Setup) -> ExitCode {
    // A panic's message may quote a rule file; only its place is told.
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string);
        eprintln!(
            "hjemmel lsp: internal error at {}",
            place.unwrap_or_default()
        );
    }));
    // Whatever takes time has a thread of its own. What is left is handing over, and one thread
    // does that without waking another each time.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("hjemmel lsp: {error}");
            return ExitCode::from(5);
        }
    };
    let orderly = runtime.block_on(serve_with(tokio::io::stdin(), tokio::io::stdout(), setup));
    // A read of standard input cannot be taken back: the process ends without waiting for it.
    runtime.shutdown_background();
    if orderly {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Serves a client until it is gone; says whether it asked for the end with `shutdown`.
pub async fn serve<I, O>(input: I, output: O) -> bool
where
    I: AsyncRead + Unpin + Send + 'static,
    O: AsyncWrite + Unpin,
{
    serve_with(input, output, Setup::default()).await
}

/// The same, with what the program gives.
pub async fn serve_with<I, O>(input: I, output: O, setup: Setup) -> bool
where
    I: AsyncRead + Unpin + Send + 'static,
    O: AsyncWrite + Unpin,
{
    let (input, end) = guard::guard(input);
    let (service, socket) = LspService::build(|client| server::Server::new(client, setup))
        .custom_method(guard::UNREADABLE, server::Server::unreadable)
        .custom_method("hjemmel/examples", server::Server::examples)
        .custom_method("hjemmel/timelines", server::Server::timelines)
        .custom_method("hjemmel/explain", server::Server::explain)
        .custom_method("hjemmel/compare", server::Server::compare)
        .custom_method("hjemmel/fileText", server::Server::file_text)
        .custom_method("hjemmel/lawDate", server::Server::law_date)
        .custom_method("hjemmel/translate", server::Server::translate)
        .finish();
    let parent = service.inner().parent();
    let session_ends = service.inner().session_ends();
    let serving = tower_lsp::Server::new(input, output, socket)
        .concurrency_level(CONCURRENCY)
        .serve(service);
    tokio::select! {
        () = serving => {}
        () = lifeline::after(end.gone, GRACE) => {}
        () = lifeline::process_ends(parent) => {}
        // A bug. A server that answers nothing is worse than none: the editor starts a new one.
        () = session_ends => {}
    }
    end.orderly.load(Ordering::SeqCst)
}
