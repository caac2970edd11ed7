//! The binary as a child process: started with exactly the environment that it is given, killed or asked
//! to stop, and its log shown when a test fails.

use std::fs::{File, OpenOptions};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

/// Names and values of an environment.
pub type Env = Vec<(&'static str, String)>;

/// How long an orderly end may take: what was begun is finished first.
const ORDERLY_END: Duration = Duration::from_secs(30);
/// How many lines of the log a failed test shows.
const LINES_SHOWN: usize = 40;

/// A free port below those that the system hands out by itself, so that no outgoing connection takes
/// it while its server is down.
pub fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let own = u16::try_from(std::process::id() % 397).unwrap_or(0) * 20;
    for _ in 0..2_000 {
        let port = 10_000 + (own + NEXT.fetch_add(1, Ordering::Relaxed)) % 9_000;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
    panic!("no port is free");
}

fn command(args: &[&str], env: &Env) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jugnu-tickets"));
    command
        .args(args)
        .env_clear()
        .envs(env.iter().map(|(name, value)| (*name, value.as_str())))
        .stdin(Stdio::null());
    command
}

/// Runs a verb that ends by itself, and gives back what it wrote to standard output.
pub fn run(args: &[&str], env: &Env) -> String {
    let done = command(args, env).output().expect("the binary starts");
    let told = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{args:?} failed: {told}");
    String::from_utf8_lossy(&done.stdout).trim().to_owned()
}

/// Runs a verb that ends by itself, and gives back its exit code with what it wrote to standard output.
pub fn outcome(args: &[&str], env: &Env) -> (Option<i32>, String) {
    let done = command(args, env).output().expect("the binary starts");
    let told = String::from_utf8_lossy(&done.stdout).trim().to_owned();
    (done.status.code(), told)
}

/// A running product; it dies with its handle.
pub struct Product {
    child: Child,
    log: PathBuf,
}

impl Product {
    /// Starts a verb that serves; what it writes is added to `log`.
    pub fn start(args: &[&str], env: &Env, log: &Path) -> Self {
        let file = OpenOptions::new().create(true).append(true).open(log);
        let file: File = file.expect("a log file");
        let child = command(args, env)
            .stdout(file.try_clone().expect("a second handle"))
            .stderr(file)
            .spawn()
            .expect("the binary starts");
        Self {
            child,
            log: log.to_owned(),
        }
    }

    /// Whether it still runs; a product that ended by itself is a failure of the test.
    pub fn runs(&mut self) -> bool {
        self.child.try_wait().is_ok_and(|ended| ended.is_none())
    }

    /// Its process's number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// `kill -9`: nothing is finished, nothing is said.
    pub fn kill(mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it ends");
    }

    /// Asks it to stop, as an operator does, and waits until it has.
    pub fn stop(mut self) {
        let asked = Command::new("sh")
            .args(["-c", &format!("kill -TERM {}", self.child.id())])
            .status();
        assert!(asked.is_ok_and(|s| s.success()), "it can be asked to stop");
        let deadline = Instant::now() + ORDERLY_END;
        while self.runs() {
            assert!(Instant::now() < deadline, "it does not stop when asked");
            std::thread::sleep(Duration::from_millis(20));
        }
        let ended = self.child.wait().expect("it has ended");
        assert!(ended.success(), "an orderly end fails: {ended}");
    }
}

impl Drop for Product {
    fn drop(&mut self) {
        // It may have ended before; then there is nothing to kill.
        let _ended = self.child.kill();
        let _ended = self.child.wait();
        if std::thread::panicking() {
            let log = std::fs::read_to_string(&self.log).unwrap_or_default();
            let lines: Vec<&str> = log.lines().collect();
            let from = lines.len().saturating_sub(LINES_SHOWN);
            eprintln!("--- the end of {}:", self.log.display());
            eprintln!("{}", lines[from..].join("\n"));
        }
    }
}
