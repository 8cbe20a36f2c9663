//! Each measurement is a process of its own: how one is started, and what it says when it ends.

use crate::implementation::Implementation;
use crate::measure::{Cost, Measured, Whole};
use crate::workload::Question;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Instant;

/// What all processes share.
#[derive(Clone, Debug)]
pub struct Processes {
    /// A Python with DuckDB and Polars, if the peers take part.
    pub python: Option<PathBuf>,
    /// Where the extract and the answers are written.
    pub folder: PathBuf,
}

impl Processes {
    /// Where the files of that kind are.
    #[must_use]
    pub fn extract(&self, kind: &str) -> PathBuf {
        self.folder.join(kind)
    }

    /// Where an answer is written.
    #[must_use]
    pub fn answer_file(&self, implementation: Implementation, question: Question) -> PathBuf {
        let name = format!("{}_{}.csv", question.name(), implementation.name());
        self.folder.join(name)
    }

    /// Loads and answers so many times, and writes the answer.
    ///
    /// # Errors
    ///
    /// What the process says instead of its measurement.
    pub fn measured(
        &self,
        implementation: Implementation,
        question: Question,
        (runs, threads): (usize, usize),
    ) -> Result<Measured, String> {
        let mut command = self.command("measure", implementation)?;
        command.arg(question.name()).arg(self.extract("csv"));
        command.arg(runs.to_string());
        command.arg(self.answer_file(implementation, question));
        command.args(["--threads", &threads.to_string()]);
        let output = finished(&mut command)?;
        let said = String::from_utf8_lossy(&output.stdout);
        Measured::parse(&said).ok_or_else(|| complaint(&command, &output))
    }

    /// From files to counts: what the process cost, and what it counted.
    ///
    /// # Errors
    ///
    /// What the process says instead.
    pub fn whole(
        &self,
        implementation: Implementation,
        question: Question,
        kind: &str,
    ) -> Result<(Whole, Vec<u8>), String> {
        let mut command = self.command("whole", implementation)?;
        command.arg(question.name());
        command.arg(self.extract(kind)).arg(kind);
        let began = Instant::now();
        let output = finished(&mut command)?;
        let wall = u64::try_from(began.elapsed().as_nanos()).unwrap_or(u64::MAX);
        let said = String::from_utf8_lossy(&output.stderr);
        let (cpu, peak_kib) = Whole::parse(&said).ok_or_else(|| complaint(&command, &output))?;
        let cost = Cost { cpu, wall };
        Ok((Whole { cost, peak_kib }, output.stdout))
    }

    /// Writes the extract's tables again as Parquet, by DuckDB.
    ///
    /// # Errors
    ///
    /// There is no Python, or what it says is wrong.
    pub fn write_parquet(&self) -> Result<(), String> {
        let mut command = Command::new(self.python.as_ref().ok_or("no Python")?);
        command.arg("-B").arg(script("write_parquet"));
        command
            .arg(self.extract("csv"))
            .arg(self.extract("parquet"));
        let output = finished(&mut command)?;
        if output.status.success() {
            return Ok(());
        }
        Err(complaint(&command, &output))
    }

    fn command(&self, what: &str, implementation: Implementation) -> Result<Command, String> {
        let name = implementation.name();
        if implementation.is_peer() {
            let mut command = Command::new(self.python.as_ref().ok_or("no Python")?);
            // No compiled files beside the scripts.
            command.arg("-B").arg(script(&format!("{name}_peer")));
            command.arg(what);
            return Ok(command);
        }
        let itself = std::env::current_exe().map_err(|error| error.to_string())?;
        let mut command = Command::new(itself);
        command.args([what, name]);
        Ok(command)
    }
}

fn script(name: &str) -> PathBuf {
    let script = format!("peers/{name}.py");
    Path::new(env!("CARGO_MANIFEST_DIR")).join(script)
}

fn finished(command: &mut Command) -> Result<Output, String> {
    command.output().map_err(|error| error.to_string())
}

fn complaint(command: &Command, output: &Output) -> String {
    let error = String::from_utf8_lossy(&output.stderr);
    format!("{command:?}: {error}")
}
