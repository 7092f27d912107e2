// The cookie is of the path that the app is served under, where all its pages and its socket are.
export default function ({ data, setStateValue }) {
  const { name, value, seconds } = data
  const path = location.pathname.replace(/[^/]+\/?$/, "")
  const secure = location.protocol === "https:" ? "; Secure" : ""
  document.cookie = `${name}=${value}; path=${path}; max-age=${seconds}; SameSite=Lax${secure}`
  const kept = document.cookie.split("; ").includes(`${name}=${value}`)
  if (seconds && !kept) setStateValue("refused", true)
}
