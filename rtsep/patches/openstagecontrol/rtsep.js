// rtsep: keeps the subscription alive. Open Stage Control's setting: custom-module = this file.
const HOST = '127.0.0.1', PORT = 9000, OWN = settings.read('osc-port') || 9001
let timer

function ask(path) {
    send(HOST, PORT, path, {type: 'i', value: OWN}, {type: 'f', value: 20})
}

module.exports = {
    init() {
        ask('/rtsep/subscribe')
        timer = setInterval(() => ask('/rtsep/renew'), 4000)
    },
    stop() {
        clearInterval(timer)
        send(HOST, PORT, '/rtsep/unsubscribe')
    },
    oscInFilter(data) {
        if (data.address.startsWith('/rtsep/meter/')) data.args = data.args.slice(0, 1)
        return data
    },
}
