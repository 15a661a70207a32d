//! `simmer graph`: a scenario drawn.

use crate::authoring::graph::{dot, graph, mermaid, svg};
use crate::cli::Outcome;
use crate::cli::args::{Graph, GraphFormat};
use crate::cli::error::Error;
use crate::cli::home::Home;
use crate::cli::output;
use crate::cli::terminal::Terminal;

pub(in crate::cli) fn run(terminal: &mut Terminal<'_>, args: &Graph) -> Result<Outcome, Error> {
    let (_, scenario) = Home::open(&args.folders)?.scenario(&args.scenario)?;
    let graph = graph(&scenario);
    let text = match args.format {
        GraphFormat::Svg => svg(&graph),
        GraphFormat::Dot => dot(&graph),
        GraphFormat::Mermaid => mermaid(&graph),
    };
    output::deliver(terminal, args.output.as_deref(), &text)?;
    Ok(Outcome::Fine)
}
