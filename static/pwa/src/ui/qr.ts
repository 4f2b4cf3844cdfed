import qrcode from 'qrcode-generator'

/** Modules of a QR code, level M. A receipt's or slip's address packs denser as alphanumeric pieces around its `#`. */
export function qrMatrix(text: string): boolean[][] {
  const code = qrcode(0, 'M')
  const cut = text.indexOf('#')
  const upper = /^[0-9A-Z $%*+\-./:]*$/
  if (cut >= 0 && upper.test(text.slice(0, cut)) && upper.test(text.slice(cut + 1))) {
    code.addData(text.slice(0, cut), 'Alphanumeric')
    code.addData('#', 'Byte')
    code.addData(text.slice(cut + 1), 'Alphanumeric')
  } else code.addData(text, 'Byte')
  code.make()
  const size = code.getModuleCount()
  return Array.from({ length: size }, (_row, y) => Array.from({ length: size }, (_cell, x) => code.isDark(y, x)))
}

/** One SVG path of all dark modules, in units of one module with a quiet zone of four. */
export function qrPath(matrix: boolean[][]): { path: string; size: number } {
  let path = ''
  matrix.forEach((row, y) =>
    row.forEach((dark, x) => {
      if (dark) path += `M${x + 4} ${y + 4}h1v1h-1z`
    }),
  )
  return { path, size: matrix.length + 8 }
}
