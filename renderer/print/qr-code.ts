import { encode } from 'uqr';

/** A QR code as one drawing: its side in modules, quiet zone included, and the path of its dark modules. */
export type QrDrawing = { readonly side: number; readonly path: string };

/** Draws a text as a QR code. Medium error correction, because a card on a counter gets scratched. */
export function drawQr(text: string): QrDrawing {
  const { size, data } = encode(text, { ecc: 'M', border: 4 });
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return { side: size, path };
}
