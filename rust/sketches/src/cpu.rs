//! One loop, compiled once for each level of CPU, chosen when the program runs.
//!
//! Kernels are plain loops that the compiler vectorises; there are no intrinsics. A kernel's `run`
//! must be `#[inline(always)]`, and so must all it calls, for the wider instructions to reach it.

use std::sync::OnceLock;

/// The instruction sets that kernels are compiled for, narrowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CpuLevel {
    /// What every CPU of the target has.
    Portable,
    /// x86-64 with AVX2, BMI and LZCNT (x86-64-v3).
    Avx2,
    /// x86-64 with AVX-512 F, BW, CD, DQ and VL (x86-64-v4).
    Avx512,
}

/// A loop worth compiling more than once; its arguments are the fields.
pub trait Kernel {
    /// What it computes.
    type Output;
    /// Must be `#[inline(always)]`.
    fn run(self) -> Self::Output;
}

/// The level in use: the best this CPU has, or a lower one named by the environment variable
/// `DRYPOINT_CPU` (`portable`, `avx2`, `avx512`), read once.
pub fn cpu_level() -> CpuLevel {
    static LEVEL: OnceLock<CpuLevel> = OnceLock::new();
    *LEVEL.get_or_init(|| {
        let wanted = match std::env::var("DRYPOINT_CPU").as_deref() {
            Ok("portable") => CpuLevel::Portable,
            Ok("avx2") => CpuLevel::Avx2,
            _ => CpuLevel::Avx512,
        };
        wanted.min(detected())
    })
}

/// Runs `kernel` at the level in use.
#[inline]
pub fn dispatch<K: Kernel>(kernel: K) -> K::Output {
    dispatch_at(cpu_level(), kernel)
}

#[cfg(target_arch = "x86_64")]
pub(crate) use x86::{detected, dispatch_at};

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::{CpuLevel, Kernel};

    /// The best level that this CPU has.
    pub(crate) fn detected() -> CpuLevel {
        let avx2 = is_x86_feature_detected!("avx2")
            && is_x86_feature_detected!("bmi1")
            && is_x86_feature_detected!("bmi2")
            && is_x86_feature_detected!("fma")
            && is_x86_feature_detected!("lzcnt")
            && is_x86_feature_detected!("popcnt");
        let avx512 = avx2
            && is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512cd")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512vl");
        match (avx512, avx2) {
            (true, _) => CpuLevel::Avx512,
            (false, true) => CpuLevel::Avx2,
            (false, false) => CpuLevel::Portable,
        }
    }

    /// Runs `kernel` at `level`, or at the best level this CPU has if that is lower.
    #[inline]
    #[allow(unsafe_code)]
    pub(crate) fn dispatch_at<K: Kernel>(level: CpuLevel, kernel: K) -> K::Output {
        match level.min(detected()) {
            // SAFETY: `detected` found every feature that `avx512` enables on this CPU.
            CpuLevel::Avx512 => unsafe { avx512(kernel) },
            // SAFETY: `detected` found every feature that `avx2` enables on this CPU.
            CpuLevel::Avx2 => unsafe { avx2(kernel) },
            CpuLevel::Portable => kernel.run(),
        }
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl")]
    #[target_feature(enable = "avx2,bmi1,bmi2,fma,lzcnt,popcnt")]
    fn avx512<K: Kernel>(kernel: K) -> K::Output {
        kernel.run()
    }

    #[target_feature(enable = "avx2,bmi1,bmi2,fma,lzcnt,popcnt")]
    fn avx2<K: Kernel>(kernel: K) -> K::Output {
        kernel.run()
    }
}

/// The best level that this CPU has.
#[cfg(not(target_arch = "x86_64"))]
pub(crate) fn detected() -> CpuLevel {
    CpuLevel::Portable
}

/// Runs `kernel`; there is one level on this target.
#[cfg(not(target_arch = "x86_64"))]
#[inline]
pub(crate) fn dispatch_at<K: Kernel>(_: CpuLevel, kernel: K) -> K::Output {
    kernel.run()
}
