// How many pictures stand in a row, and how large they are: as large as the window allows.
const LARGEST = 520 // pixels of a side
const LEAST = 190 // pixels, below which a picture is not made smaller so that all of them can be seen at once
const ONE_ROW = 4 // pictures that stand in one row, if each is at least as wide as this:
const WIDE_ENOUGH = 180
const PHONE = 640 // pixels of width, below which there are two in a row
const FEWER_ROWS = 0.9 // of the largest side: what is as large as that, in fewer rows, is better
const SHARE = 0.78 // of the window's height, for all of them

function layout(count, width, height, gap, caption) {
  const wide = (columns) => Math.min(LARGEST, Math.floor((width - gap * (columns - 1)) / columns))
  if (width < PHONE && count > 1) return { columns: 2, side: wide(2) }
  if (count <= ONE_ROW && wide(count) >= WIDE_ENOUGH) return { columns: count, side: wide(count) }
  let best = { columns: 1, side: 0 }
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns)
    if (Math.ceil(count / rows) !== columns) continue // fewer fill the rows more evenly
    const high = Math.floor((SHARE * height) / rows - caption - gap)
    const side = Math.min(wide(columns), Math.max(high, LEAST))
    if (side > FEWER_ROWS * best.side) best = { columns, side }
  }
  return best
}
