// Loads the page anew when there is news. Without script the payer presses the button.
const watched = document.querySelector("[data-watch]")
if (watched !== null && watched.dataset.watch !== "") {
  const { version, watch } = watched.dataset
  const look = async () => {
    try {
      const response = await fetch(watch, { cache: "no-store" })
      if (response.ok && (await response.json()).version !== version) return location.reload()
    } catch {
      // The next look may succeed.
    }
    setTimeout(look, 2000)
  }
  setTimeout(look, 1000)
}
