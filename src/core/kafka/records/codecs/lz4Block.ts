import { instantiate } from './webAssembly.ts';

/** Bytes after every region that may be read or overwritten: both happen eight at a time. */
export const SLACK = 8;
/** What {@link Lz4Block} returns instead of the new end of the output. */
export const CORRUPT = 0;
export const NO_ROOM = 1;

/**
 * Unpacks the sequences of one block (lz4 block format) from [at, end) to `out`, at most to `stop`; matches reach back to
 * `floor` at most. All are addresses in the memory, at least 65,536. Returns where the output ends now.
 */
export type Lz4Block = (at: number, end: number, out: number, stop: number, floor: number) => number;

/** A length of 15 goes on in the bytes behind it, up to the first that is not 255. */
const LONGER = `(if (i32.eq (local.get $length) (i32.const 15)) (then
      (loop $more
        (if (i32.ge_u (local.get $at) (local.get $end)) (then (return (i32.const ${CORRUPT}))))
        (local.set $byte (i32.load8_u (local.get $at)))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (local.set $length (i32.add (local.get $length) (local.get $byte)))
        (br_if $more (i32.eq (local.get $byte) (i32.const 255))))))`;

const TEXT = `
(func $block (param $at $end $out $stop $floor) (local $token $length $byte $from $until)
  (loop $sequence
    (if (i32.ge_u (local.get $at) (local.get $end)) (then (return (local.get $out))))
    (local.set $token (i32.load8_u (local.get $at)))
    (local.set $at (i32.add (local.get $at) (i32.const 1)))

    ;; literals
    (local.set $length (i32.shr_u (local.get $token) (i32.const 4)))
    ${LONGER}
    (if (i32.gt_u (local.get $length) (i32.sub (local.get $end) (local.get $at)))
      (then (return (i32.const ${CORRUPT}))))
    (if (i32.gt_u (local.get $length) (i32.sub (local.get $stop) (local.get $out)))
      (then (return (i32.const ${NO_ROOM}))))
    (local.set $until (i32.add (local.get $out) (local.get $length)))
    (loop $copy
      (i64.store (local.get $out) (i64.load (local.get $at)))
      (local.set $out (i32.add (local.get $out) (i32.const 8)))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (br_if $copy (i32.lt_u (local.get $out) (local.get $until))))
    (local.set $at (i32.sub (local.get $at) (i32.sub (local.get $out) (local.get $until))))
    (local.set $out (local.get $until))
    ;; the last sequence has literals only
    (if (i32.eq (local.get $at) (local.get $end)) (then (return (local.get $out))))

    ;; match
    (if (i32.lt_u (i32.sub (local.get $end) (local.get $at)) (i32.const 2)) (then (return (i32.const ${CORRUPT}))))
    (local.set $from (i32.sub (local.get $out) (i32.load16_u (local.get $at))))
    (local.set $at (i32.add (local.get $at) (i32.const 2)))
    (if (i32.eq (local.get $from) (local.get $out)) (then (return (i32.const ${CORRUPT}))))
    (if (i32.lt_u (local.get $from) (local.get $floor)) (then (return (i32.const ${CORRUPT}))))
    (local.set $length (i32.and (local.get $token) (i32.const 15)))
    ${LONGER}
    (local.set $length (i32.add (local.get $length) (i32.const 4)))
    (if (i32.gt_u (local.get $length) (i32.sub (local.get $stop) (local.get $out)))
      (then (return (i32.const ${NO_ROOM}))))
    (local.set $until (i32.add (local.get $out) (local.get $length)))
    ;; a match that overlaps the next eight bytes repeats itself: byte by byte
    (if (i32.lt_u (i32.sub (local.get $out) (local.get $from)) (i32.const 8))
      (then
        (loop $copy
          (i32.store8 (local.get $out) (i32.load8_u (local.get $from)))
          (local.set $out (i32.add (local.get $out) (i32.const 1)))
          (local.set $from (i32.add (local.get $from) (i32.const 1)))
          (br_if $copy (i32.lt_u (local.get $out) (local.get $until)))))
      (else
        (loop $copy
          (i64.store (local.get $out) (i64.load (local.get $from)))
          (local.set $out (i32.add (local.get $out) (i32.const 8)))
          (local.set $from (i32.add (local.get $from) (i32.const 8)))
          (br_if $copy (i32.lt_u (local.get $out) (local.get $until))))))
    (local.set $out (local.get $until))
    (br $sequence))
  (local.get $out))`;

/** A decoder with a memory of its own. */
export const newLz4Block = () => instantiate<{ block: Lz4Block }>(TEXT);
