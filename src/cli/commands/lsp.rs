//! `simmer lsp`: a language server over standard input and output.

use lsp_server::Connection;

use crate::cli::Outcome;
use crate::cli::error::Error;
use crate::lsp::serve;

pub(in crate::cli) fn run() -> Result<Outcome, Error> {
    let (connection, threads) = Connection::stdio();
    let served = serve(&connection);
    // The threads end once nothing can be sent any more.
    drop(connection);
    match served {
        Ok(()) => {
            threads.join()?;
            Ok(Outcome::Fine)
        }
        Err(error) => Err(error.into()),
    }
}
