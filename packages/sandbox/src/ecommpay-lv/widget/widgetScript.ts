/**
 * The provider's script for redirect variant 1 (method page, "Variant 1"): `NEOWidget.initialize(host, token, options)`
 * takes the payer to the provider. ASSUMPTION(ecommpay-lv#7): by a plain navigation, without a frame.
 */
export const widgetScript = `(function () {
  "use strict"
  window.NEOWidget = {
    initialize: function (host, token, options) {
      if (typeof host !== "string" || typeof token !== "string" || token === "") {
        throw new TypeError("NEOWidget.initialize(host, token, options)")
      }
      var query = new URLSearchParams({ token: token })
      Object.keys(options || {}).forEach(function (name) {
        query.set(name, String(options[name]))
      })
      window.location.assign(host.replace(/\\/+$/, "") + "/widget?" + query)
    }
  }
})()
`
