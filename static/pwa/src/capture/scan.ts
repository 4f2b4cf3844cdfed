import { prepareZXingModule, readBarcodes, type ReaderOptions } from 'zxing-wasm/reader'
import { wasmUrl } from '@/phone/offline'

const OPTIONS: ReaderOptions = { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 1 }
const MAX_SIDE = 1280
const PAUSE_MS = 90

let ready: Promise<unknown> | null = null

/** Load the reader (kept by the service worker after the first time). Rejects when it is not on this phone yet. */
export function loadReader(): Promise<unknown> {
  ready ??= Promise.resolve(
    prepareZXingModule({ overrides: { locateFile: (path: string) => (path.endsWith('.wasm') ? wasmUrl : path) }, fireImmediately: true }),
  ).catch((error: unknown) => {
    ready = null
    throw error
  })
  return ready
}

/** Look at the camera picture until a QR code is read or `signal` ends it. */
export async function scanVideo(video: HTMLVideoElement, signal: AbortSignal): Promise<string | null> {
  await loadReader()
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  while (!signal.aborted && context) {
    if (video.videoWidth > 0) {
      const scale = Math.min(1, MAX_SIDE / Math.max(video.videoWidth, video.videoHeight))
      canvas.width = Math.round(video.videoWidth * scale)
      canvas.height = Math.round(video.videoHeight * scale)
      context.drawImage(video, 0, 0, canvas.width, canvas.height)
      const found = await readBarcodes(context.getImageData(0, 0, canvas.width, canvas.height), OPTIONS)
      const text = found.find((code) => code.isValid)?.text
      if (text && !signal.aborted) return text
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
  return null
}
