//! The program as a process under limits: what it says, and how it ends.

use crate::editor;
use crate::entry::Step;
use crate::world::World;
use std::fs::File;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What the kernel allows: seconds of CPU time (a debug build is some times slower than what is
/// shipped, which keeps to 5), and KiB of writable memory, of which what is resident is a part.
const LIMITS: &str = "ulimit -c 0; ulimit -t 20; ulimit -d 262144";
/// How long anything may take while the machine does other things.
const PATIENCE: Duration = Duration::from_secs(90);

/// How a command ended.
pub(crate) struct Ended {
    /// The exit code; 128 and the signal if one ended it.
    pub(crate) code: i32,
    pub(crate) said: String,
}

/// Runs the command of a step.
pub(crate) fn run(world: &World, step: &Step) -> Ended {
    let mut child = start(world, step);
    if step.send.is_empty() {
        if let (Some(text), Some(mut input)) = (&step.stdin, child.stdin.take()) {
            use std::io::Write as _;
            let _ = input.write_all(world.filled(text).as_bytes());
        }
    } else {
        editor::speak(world, step, &mut child);
    }
    let code = wait(child);
    let said = ["stdout", "stderr"].map(|name| {
        let bytes = std::fs::read(world.said(name)).expect("what was said");
        String::from_utf8_lossy(&bytes).into_owned()
    });
    Ended {
        code,
        said: said.concat(),
    }
}

fn start(world: &World, step: &Step) -> Child {
    let around = step.shell.as_deref().unwrap_or("exec \"$@\"");
    let mut command = Command::new("sh");
    command
        .args(["-c", &format!("{LIMITS}; {around}"), "sh"])
        .arg(env!("CARGO_BIN_EXE_hjemmel"))
        .args(
            step.run
                .split(' ')
                .filter(|word| !word.is_empty())
                .map(|word| world.filled(word)),
        )
        .args(step.args.iter().map(|word| world.filled(word)))
        .current_dir(world.work())
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("LC_ALL", "C")
        .env("TMPDIR", world.temporary())
        .envs(&step.env)
        .stdin(match step.stdin.is_some() || !step.send.is_empty() {
            true => Stdio::piped(),
            false => Stdio::null(),
        })
        .stdout(File::create(world.said("stdout")).expect("a file"))
        .stderr(File::create(world.said("stderr")).expect("a file"));
    command.spawn().expect("sh runs")
}

/// The exit code.
fn wait(mut child: Child) -> i32 {
    let until = Instant::now() + PATIENCE;
    loop {
        if let Some(status) = child.try_wait().expect("a child") {
            let signal = || 128 + status.signal().unwrap_or_default();
            return status.code().unwrap_or_else(signal);
        }
        if until < Instant::now() {
            let _ = child.kill();
            let _ = child.wait();
            return -1;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}
