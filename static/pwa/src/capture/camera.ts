import { blobOf } from './photo'

/** Chromium's still-picture interface; not yet in the DOM types. */
interface StillCamera {
  takePhoto: () => Promise<Blob>
}
type StillCameraType = new (track: MediaStreamTrack) => StillCamera

const STILL_TIMEOUT_MS = 4_000

/** Open the back camera. Rejects when there is none or it is not allowed. */
export async function openCamera(): Promise<MediaStream> {
  if (!navigator.mediaDevices?.getUserMedia) throw new Error('no camera interface')
  return navigator.mediaDevices.getUserMedia({
    video: { facingMode: { ideal: 'environment' }, width: { ideal: 1920 }, height: { ideal: 1440 } },
    audio: false,
  })
}

export function closeCamera(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop()
}

/** One still picture: the camera's own JPEG where the browser gives it, else the shown frame written once. */
export async function takeStill(stream: MediaStream, video: HTMLVideoElement): Promise<Blob> {
  const track = stream.getVideoTracks()[0]
  const Still = (globalThis as { ImageCapture?: StillCameraType }).ImageCapture
  if (track && Still) {
    try {
      return await within(new Still(track).takePhoto(), STILL_TIMEOUT_MS)
    } catch (error) {
      console.info('still picture failed, taking the shown frame', error)
    }
  }
  const canvas = document.createElement('canvas')
  canvas.width = video.videoWidth
  canvas.height = video.videoHeight
  canvas.getContext('2d')?.drawImage(video, 0, 0)
  return blobOf(canvas, 'image/jpeg', 0.92)
}

function within<T>(work: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('too slow')), ms)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

/** Switch the light; false when this camera has none. */
export async function setTorch(stream: MediaStream, on: boolean): Promise<boolean> {
  const track = stream.getVideoTracks()[0]
  const can = (track?.getCapabilities?.() as { torch?: boolean } | undefined)?.torch
  if (!track || !can) return false
  await track.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] })
  return true
}

export const hasTorch = (stream: MediaStream): boolean =>
  Boolean((stream.getVideoTracks()[0]?.getCapabilities?.() as { torch?: boolean } | undefined)?.torch)
