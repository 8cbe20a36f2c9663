#![allow(missing_docs)]
use std::time::Instant;
use std::ops::ControlFlow;
fn cpu() -> f64 { 
    let s = std::fs::read_to_string("/proc/self/stat").unwrap();
    let rest: Vec<&str> = s.rsplit_once(')').unwrap().1.split_whitespace().collect();
    (rest[11].parse::<f64>().unwrap() + rest[12].parse::<f64>().unwrap()) / 100.0
}
fn peak() -> u64 { let s = std::fs::read_to_string("/proc/self/status").unwrap(); s.lines().find(|l| l.starts_with("VmHWM")).unwrap().split_whitespace().nth(1).unwrap().parse::<u64>().unwrap()/1024 }
fn main() {
    let folder = std::path::PathBuf::from(std::env::args().nth(1).unwrap());
    let what = std::env::args().nth(2).unwrap();
    let times: usize = std::env::args().nth(3).map_or(1, |n| n.parse().unwrap());
    let model = hjemmel_bench::reference::model(hjemmel_bench::workload::PRESENT).unwrap();
    let reads = hjemmel_engine::columns::Reads::all(&model);
    for _ in 0..times {
        for what in what.split(',') {
            let (c, w) = (cpu(), Instant::now());
            let n = match what {
                "hand" => hjemmel_bench::csv::read(&folder).unwrap().births.len(),
                "cases" => hjemmel_extracts::read(&folder, &model, &Default::default()).unwrap().cases.len(),
                "hash" => 0,
                _ => {
                    let mut n = 0;
                    let o = hjemmel_extracts::ColumnOptions { extract: Default::default(), reads: &reads, sorted: what == "sorted", cases: 32768, progress: None };
                    hjemmel_extracts::read_columns(&folder, &model, &o, &mut |s| { n += s.keys.len(); ControlFlow::Continue(()) }).unwrap();
                    n
                }
            };
            println!("{what:8} {n:8} cpu {:.2} wall {:.3} peak {} MiB", cpu() - c, w.elapsed().as_secs_f64(), peak());
        }
    }
}
