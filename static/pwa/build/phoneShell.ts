import type { Plugin } from 'vite'
import type { OutputBundle, OutputChunk } from 'rolldown'

type WithMetadata = OutputChunk & { viteMetadata?: { importedCss: Set<string>; importedAssets: Set<string> } }

/** Every file an entry needs, its lazy routes included: walks imports, dynamic imports, styles and assets. */
export function reachable(bundle: OutputBundle, htmlName: string): Set<string> {
  const found = new Set<string>()
  const visit = (fileName: string): void => {
    if (found.has(fileName)) return
    const output = bundle[fileName]
    found.add(fileName)
    if (output?.type !== 'chunk') return
    const chunk = output as WithMetadata
    for (const css of chunk.viteMetadata?.importedCss ?? []) found.add(css)
    for (const asset of chunk.viteMetadata?.importedAssets ?? []) found.add(asset)
    for (const next of [...chunk.imports, ...chunk.dynamicImports]) visit(next)
  }
  for (const output of Object.values(bundle)) {
    if (output.type === 'chunk' && output.isEntry && output.facadeModuleId?.endsWith(`/${htmlName}`)) visit(output.fileName)
  }
  if (found.size === 0) throw new Error(`${htmlName} is not an entry of this build`)
  return found
}

/** Remember which files belong to the phone, so that the service worker never fetches the desk's. */
export function phoneShell(): { plugin: Plugin; owns: (url: string) => boolean } {
  let phone = new Set<string>()
  return {
    owns: (url) => phone.has(url),
    plugin: {
      name: 'grid:phone-shell',
      generateBundle: {
        order: 'post',
        handler(_options, bundle) {
          if (Object.keys(bundle).some((name) => name === 'index.html')) phone = reachable(bundle, 'index.html')
        },
      },
    },
  }
}
