//! The machine: what it is, and who spent its cycles during a run. Linux only, from `/proc`.

use crate::Failure;
use crate::load::Window;
use serde::Serialize;
use std::fs::read_to_string;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::time::Instant;

/// Who spent how much during a run, in hundredths of one core.
#[derive(Copy, Clone, Debug, Default, Serialize)]
pub struct Meter {
    /// The server.
    pub server: u64,
    /// This process: the load generator, or the product's own code where that runs in here.
    pub bench: u64,
    /// Everybody else: PostgreSQL, the kernel's network, and whoever disturbs the run.
    pub others: u64,
}

/// Linux tells cycles in hundredths of a second, whatever the kernel's own clock (`proc(5)`, `USER_HZ`).
const TICK_MS: u64 = 10;

#[derive(Copy, Clone, Debug, Default)]
struct Spent {
    server: u64,
    bench: u64,
    all: u64,
}

impl Meter {
    /// Reads the meters when a window opens and when it closes.
    pub async fn over(window: Window, server: u32) -> Result<Self, Failure> {
        tokio::time::sleep_until(window.from).await;
        let before = spent(server)?;
        tokio::time::sleep_until(window.to).await;
        let after = spent(server)?;
        let ms = u64::try_from((window.to - window.from).as_millis())?.max(1);
        let share = |a: u64, b: u64| (a.saturating_sub(b)) * TICK_MS * 100 / ms;
        let (server, bench) = (
            share(after.server, before.server),
            share(after.bench, before.bench),
        );
        let all = share(after.all, before.all);
        Ok(Self {
            server,
            bench,
            others: all.saturating_sub(server + bench),
        })
    }
}

fn spent(server: u32) -> Result<Spent, Failure> {
    let stat = read_to_string("/proc/stat")?;
    let line = stat.lines().next().unwrap_or_default();
    let field: Vec<u64> = line
        .split_whitespace()
        .skip(1)
        .filter_map(|n| n.parse().ok())
        .collect();
    // user, nice, system; idle and iowait are left out; irq and softirq.
    let all = [0, 1, 2, 5, 6].iter().filter_map(|at| field.get(*at)).sum();
    Ok(Spent {
        server: of_process(server)?,
        bench: of_process(std::process::id())?,
        all,
    })
}

/// User and system time of a process, in ticks; 0 is no process.
fn of_process(pid: u32) -> Result<u64, Failure> {
    if pid == 0 {
        return Ok(0);
    }
    let stat = read_to_string(format!("/proc/{pid}/stat"))?;
    // The name may hold spaces and stands in parentheses; user and system time are the 12th and 13th after it.
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    Ok(after_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|n| n.parse::<u64>().ok())
        .sum())
}

/// The resident memory of a process, in KiB.
pub fn resident_kib(pid: u32) -> Result<u64, Failure> {
    let status = read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"));
    let number = line.and_then(|l| l.split_whitespace().next());
    Ok(number.ok_or("no resident memory in /proc")?.parse()?)
}

/// What a durable write costs on the disk that holds a folder: microseconds of each of a few hundred.
pub fn fsync_micros(folder: &Path) -> Result<Vec<u64>, Failure> {
    let path = folder.join("fsync.tmp");
    let mut file = std::fs::File::create(&path)?;
    let mut took = Vec::new();
    for _ in 0..300 {
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&[7; 4_096])?;
        let began = Instant::now();
        file.sync_data()?;
        took.push(crate::load::micros(began.elapsed()));
    }
    std::fs::remove_file(&path)?;
    took.sort_unstable();
    Ok(took)
}

/// The machine in words.
#[derive(Clone, Debug, Serialize)]
pub struct Machine {
    cpu: String,
    cores: usize,
    memory_mib: u64,
    kernel: String,
    load_before: String,
    sqlite: String,
    postgres: String,
    commit: String,
    date: String,
}

impl Machine {
    /// Looks around; the versions of the databases are told by `bench/run`.
    pub fn look() -> Result<Self, Failure> {
        let told = |name: &str| std::env::var(name).unwrap_or_else(|_| "unknown".to_owned());
        let cpuinfo = read_to_string("/proc/cpuinfo")?;
        let cpu = cpuinfo
            .lines()
            .find_map(|l| l.strip_prefix("model name")?.split_once(':'));
        let meminfo = read_to_string("/proc/meminfo")?;
        let memory = meminfo
            .lines()
            .find_map(|l| l.strip_prefix("MemTotal:")?.split_whitespace().next());
        Ok(Self {
            cpu: cpu.map_or_else(String::new, |(_, name)| name.trim().to_owned()),
            cores: std::thread::available_parallelism()?.get(),
            memory_mib: memory.unwrap_or("0").parse::<u64>()? / 1_024,
            kernel: read_to_string("/proc/sys/kernel/osrelease")?
                .trim()
                .to_owned(),
            load_before: read_to_string("/proc/loadavg")?.trim().to_owned(),
            sqlite: told("BENCH_SQLITE"),
            postgres: told("BENCH_POSTGRES"),
            commit: told("BENCH_COMMIT"),
            date: told("BENCH_DATE"),
        })
    }
}
