// Asks the browser's verifier, run by Node as it stands, about many tokens.
// Reads {jwks, now, asked: [[kind, hex], …]} from the file named first and prints the verdicts as JSON, in order,
// each followed by the facts where there are any.
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

registerHooks({
  resolve(specifier, context, next) {
    // The sources name their neighbours without an ending, as the bundler likes it.
    const bare = specifier.startsWith('./') && !specifier.endsWith('.ts')
    return next(bare ? `${specifier}.ts` : specifier, context)
  },
})

const { importKeys, verifyToken } = await import('../../static/pwa/src/engine/verify.ts')
const { jwks, now, asked } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const keys = await importKeys(jwks)
const answers = []
for (const [kind, hex] of asked) {
  const { verdict, facts } = await verifyToken(new Uint8Array(Buffer.from(hex, 'hex')), keys, kind, now)
  answers.push([verdict, facts])
}
process.stdout.write(JSON.stringify(answers))
