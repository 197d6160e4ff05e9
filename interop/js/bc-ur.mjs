// Peer: @ngraveio/bc-ur, which the wallets that show animated QR codes use.
import { readFileSync } from 'node:fs';
import { UR, URDecoder, UREncoder } from '@ngraveio/bc-ur';
import { hex, judge, Refused, serve, unhex } from './lines.mjs';

const manifest = new URL('./node_modules/@ngraveio/bc-ur/package.json', import.meta.url);
const { version } = JSON.parse(readFileSync(manifest, 'utf8'));

await serve({
  describe: () => ({ peer: '@ngraveio/bc-ur', version }),

  show({ type, message, fragment, count }) {
    const encoder = new UREncoder(new UR(unhex(message), type), fragment);
    return { frames: Array.from({ length: count }, () => encoder.nextPart()) };
  },

  /** A frame that cannot be read is passed over, as a camera's host does. */
  scan: ({ type, frames }) => judge(() => {
    const decoder = new URDecoder();
    let reason = 'not whole';
    for (const frame of frames) {
      try {
        decoder.receivePart(frame);
      } catch (error) {
        reason = error.message;
      }
      if (decoder.isComplete()) break;
    }
    if (!decoder.isSuccess()) throw new Refused(reason);
    const ur = decoder.resultUR();
    if (ur.type !== type) throw new Refused(`of type ${ur.type}`);
    return { message: hex(ur.cbor) };
  }),
});
