//! As little of the memory of a run as possible lands on a disk: no core file, whatever kills the program.

/// No core file of this process: the limit on them is 0, and where the system hands a core to another program
/// instead of a file, the process is one that is not dumped.
pub(crate) fn no_core_files() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let none = Rlimit {
            current: Some(0),
            maximum: Some(0),
        };
        // Lowering a limit is always allowed; where it is not, the run is no worse than without.
        let _ = setrlimit(Resource::Core, none);
    }
    #[cfg(any(target_os = "linux", target_os = "android"))]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}
