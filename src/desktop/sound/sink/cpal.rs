//! Windows and macOS, through cpal: its callback takes from a short queue that the sound thread fills.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use cpal::{ErrorKind, FromSample, SampleFormat, SizedSample, Stream, StreamConfig};

use super::{AudioSink, SinkError};
use crate::desktop::sound::synth::RATE;

/// How much lies ready, in milliseconds. As for `PulseAudio`.
const BUFFER_MILLIS: u32 = 100;
/// How long to wait for room.
const PATIENCE: Duration = Duration::from_millis(20);

/// The default output of this computer.
pub(super) struct Cpal {
    stream: Stream,
    shared: Arc<Shared>,
    /// Samples of the device for one of ours.
    ratio: f32,
    /// How many samples of the device may lie ready.
    most: usize,
    /// The last sample of ours, and how far beyond it the device is.
    last: f32,
    beyond: f32,
    rests: bool,
}

#[derive(Default)]
struct Shared {
    queue: Mutex<Queue>,
    taken: Condvar,
}

#[derive(Default)]
struct Queue {
    samples: VecDeque<f32>,
    /// Something has been played since the last rest.
    flows: bool,
    /// How many samples were not there when the device came for them. Time goes on: as many of those that come too late
    /// are left out.
    missed: usize,
    lost: Option<String>,
}

impl Cpal {
    pub(super) fn open() -> Result<Self, SinkError> {
        let device = cpal::default_host()
            .default_output_device()
            .ok_or_else(|| SinkError::Absent("this computer has no output".to_owned()))?;
        let absent = |error: cpal::Error| SinkError::Absent(error.to_string());
        let supported = device.default_output_config().map_err(absent)?;
        let config = supported.config();
        let shared = Arc::new(Shared::default());
        let stream = match supported.sample_format() {
            SampleFormat::F32 => stream::<f32>(&device, config, &shared),
            SampleFormat::I16 => stream::<i16>(&device, config, &shared),
            SampleFormat::I32 => stream::<i32>(&device, config, &shared),
            SampleFormat::U16 => stream::<u16>(&device, config, &shared),
            SampleFormat::U8 => stream::<u8>(&device, config, &shared),
            other => return Err(SinkError::Absent(format!("the output takes only {other} samples"))),
        };
        let stream = stream.map_err(absent)?;
        stream.play().map_err(absent)?;
        #[expect(clippy::cast_precision_loss, reason = "rates are far below 2^24")]
        let ratio = config.sample_rate as f32 / RATE as f32;
        let most = (config.sample_rate / 1000 * BUFFER_MILLIS) as usize;
        Ok(Self { stream, shared, ratio, most, last: 0.0, beyond: 0.0, rests: false })
    }
}

fn stream<T>(device: &cpal::Device, config: StreamConfig, shared: &Arc<Shared>) -> Result<Stream, cpal::Error>
where
    T: SizedSample + FromSample<f32>,
{
    let channels = usize::from(config.channels).max(1);
    let (filled, failed) = (Arc::clone(shared), Arc::clone(shared));
    device.build_output_stream(
        config,
        move |out: &mut [T], _: &cpal::OutputCallbackInfo| {
            let mut queue = filled.queue();
            for frame in out.chunks_mut(channels) {
                let sample = queue.samples.pop_front();
                queue.missed += usize::from(sample.is_none() && queue.flows);
                frame.fill(T::from_sample(sample.unwrap_or(0.0)));
            }
            drop(queue);
            filled.taken.notify_one();
        },
        move |error| match error.kind() {
            // It plays on.
            ErrorKind::DeviceChanged | ErrorKind::Xrun | ErrorKind::RealtimeDenied => tracing::debug!("{error}"),
            _ => failed.queue().lost = Some(error.to_string()),
        },
        None,
    )
}

impl Shared {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl AudioSink for Cpal {
    fn room(&mut self) -> Result<usize, SinkError> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            clippy::cast_sign_loss,
            reason = "some thousand samples"
        )]
        let room = |queue: &Queue| {
            ((self.most.saturating_sub(queue.samples.len()) + queue.missed) as f32 / self.ratio) as usize
        };
        let full = |queue: &mut Queue| room(queue) == 0 && queue.lost.is_none();
        let waited = self.shared.taken.wait_timeout_while(self.shared.queue(), PATIENCE, full);
        let (queue, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if let Some(why) = &queue.lost {
            return Err(SinkError::Lost(why.clone()));
        }
        Ok(room(&queue))
    }

    fn play(&mut self, samples: &[f32]) -> Result<(), SinkError> {
        let mut queue = self.shared.queue();
        queue.flows = true;
        for &sample in samples {
            // Ours are few and smooth: the device's lie on the straight line between two of them.
            while self.beyond < 1.0 {
                if queue.missed > 0 {
                    queue.missed -= 1;
                } else {
                    queue.samples.push_back(self.last + (sample - self.last) * self.beyond);
                }
                self.beyond += 1.0 / self.ratio;
            }
            self.beyond -= 1.0;
            self.last = sample;
        }
        drop(queue);
        if std::mem::replace(&mut self.rests, false) {
            self.stream.play().map_err(|error| SinkError::Lost(error.to_string()))?;
        }
        Ok(())
    }

    fn rest(&mut self) -> Result<(), SinkError> {
        // A device that cannot pause plays silence.
        self.rests = self.stream.pause().is_ok();
        // The silence that lies ready would delay what comes next.
        let mut queue = self.shared.queue();
        queue.samples.clear();
        queue.flows = false;
        queue.missed = 0;
        Ok(())
    }
}
