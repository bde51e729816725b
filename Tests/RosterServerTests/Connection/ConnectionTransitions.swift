/// The transitions of a connection: for each state the events that have an effect in it.
///
/// A line has the new state (`=` when it is the same), the fate of a response that was reported, the steps in their order,
/// and the exchange that is responded to next. An event without a line has no effect.
enum ConnectionTransitions {
    static let text = """
        idle
          head: body, idle
          head+expect: body, idle | send 100
          request: head, responding | next 8
          last request: finished, responding | stop input | next 8
          refusal: finished, responding | stop input | next 8
          response: = | discarded
          last response: = | discarded
          stream: = | discarded
          end of input: closing | stop input, finish output
          writable: = | flush
          read: = | read
          tick: = | flush
          late tick: closed | close
          closed: closed
        body
          request: head, responding | next 8
          last request: finished, responding | stop input | next 8
          refusal: finished, responding | stop input | next 8
          response: = | discarded
          last response: = | discarded
          stream: = | discarded
          end of input: closing | stop input, finish output
          writable: = | flush
          read: = | read
          tick: = | flush
          late tick: closed | close
          closed: closed
        responding
          head: body, responding
          head+expect: body?, responding
          last request: finished, responding | stop input
          refusal: finished, responding | stop input
          response: head, idle | persistent
          last response: closing | last | stop input, finish output
          wait: head, waiting
          stream: finished, sending | stream | stop input
          end of input: finished, responding | stop input
          writable: = | flush
          read: = | read
          tick: = | flush
          late tick: = | flush
          closed: closed
        continue due
          body: body, responding
          request: head, responding
          last request: finished, responding | stop input
          refusal: finished, responding | stop input
          response: body, idle | persistent | send 100
          last response: closing | last | stop input, finish output
          wait: body?, waiting
          stream: finished, sending | stream | stop input
          end of input: finished, responding | stop input
          writable: = | flush
          read: = | read
          tick: = | flush
          late tick: = | flush
          closed: closed
        queued
          head: body, responding
          head+expect: body?, responding
          last request: finished, responding | stop input
          refusal: finished, responding | stop input
          response: = | persistent | read | next 2
          last response: closing | last | stop input, finish output, read
          wait: head, waiting
          stream: finished, sending | stream | stop input, read
          end of input: finished, responding | stop input
          writable: = | flush
          tick: = | flush
          late tick: = | flush
          closed: closed
        last
          response: closing | last | stop input, finish output
          last response: closing | last | stop input, finish output
          wait: finished, waiting
          stream: finished, sending | stream | stop input
          end of input: = | stop input
          writable: = | flush
          read: = | read
          tick: = | flush
          late tick: = | flush
          closed: closed
        refused
          response: closing | last | stop input, finish output
          last response: closing | last | stop input, finish output
          wait: finished, waiting
          stream: finished, sending | stream | stop input
          end of input: = | stop input
          writable: = | flush
          read: = | read
          tick: = | flush
          late tick: = | flush
          closed: closed
        refusal queued
          response: = | persistent | next 2
          last response: closing | last | stop input, finish output
          wait: finished, waiting
          stream: finished, sending | stream | stop input
          end of input: = | stop input
          writable: = | flush
          tick: = | flush
          late tick: = | flush
          closed: closed
        full
          head: body, idle
          head+expect: body?, idle
          last request: finished, idle | stop input
          refusal: finished, idle | stop input
          response: = | discarded
          last response: = | discarded
          stream: = | discarded
          end of input: finished, idle | stop input
          writable: head, responding | flush | next 1
          tick: = | flush
          late tick: closed | close
          closed: closed
        half-closed
          response: closing | last | stop input, finish output
          last response: closing | last | stop input, finish output
          wait: finished, waiting | end wait
          stream: closing | stream | stop input, finish output
          end of input: = | stop input
          writable: = | flush
          read: = | read
          tick: = | flush
          late tick: = | flush
          closed: closed
        quiescing
          head: body, idle
          head+expect: body, idle | send 100
          request: head, responding | next 8
          last request: finished, responding | stop input | next 8
          refusal: finished, responding | stop input | next 8
          response: = | discarded
          last response: = | discarded
          stream: = | discarded
          end of input: closing | stop input, finish output
          writable: = | flush
          read: = | read
          tick: = | flush
          late tick: closed | close
          closed: closed
        quiescing busy
          head: body, responding
          head+expect: body?, responding
          last request: finished, responding | stop input
          refusal: finished, responding | stop input
          response: closing | last | stop input, finish output
          last response: closing | last | stop input, finish output
          wait: head, waiting | end wait
          stream: closing | stream | stop input, finish output
          end of input: finished, responding | stop input
          writable: = | flush
          read: = | read
          tick: = | flush
          late tick: = | flush
          closed: closed
        closing
          response: = | discarded
          last response: = | discarded
          stream: = | discarded
          sent: draining | close output
          writable: = | flush
          read: = | read
          tick: = | flush
          late tick: closed | close
          closed: closed
        closing half-closed
          response: = | discarded
          last response: = | discarded
          stream: = | discarded
          sent: closed | close
          writable: = | flush
          read: = | read
          tick: = | flush
          late tick: closed | close
          closed: closed
        draining
          response: = | discarded
          last response: = | discarded
          stream: = | discarded
          end of input: closed | close
          writable: = | flush
          read: = | read
          late tick: closed | close
          closed: closed
        closed
          response: = | discarded
          last response: = | discarded
          stream: = | discarded
        waiting
          head: body, waiting
          head+expect: body?, waiting
          last request: finished, waiting | stop input
          refusal: finished, waiting | stop input
          response: head, idle | persistent
          last response: closing | last | stop input, finish output
          stream: = | discarded
          end of input: finished, waiting | stop input, end wait
          writable: = | flush
          read: = | read
          quiesce: = | end wait
          tick: = | flush
          late tick: = | flush, end wait
          closed: closed
        waiting for the last time
          response: closing | last | stop input, finish output
          last response: closing | last | stop input, finish output
          stream: = | discarded
          end of input: = | stop input, end wait
          writable: = | flush
          read: = | read
          quiesce: = | end wait
          tick: = | flush
          late tick: = | flush, end wait
          closed: closed
        waiting, queued
          head: body, waiting
          head+expect: body?, waiting
          last request: finished, waiting | stop input
          refusal: finished, waiting | stop input
          response: head, responding | persistent | read | next 2
          last response: closing | last | stop input, finish output, read
          stream: = | discarded
          end of input: finished, waiting | stop input, end wait
          writable: = | flush
          quiesce: = | end wait
          tick: = | flush
          late tick: = | flush, end wait
          closed: closed
        waiting, refusal queued
          response: finished, responding | persistent | next 2
          last response: closing | last | stop input, finish output
          stream: = | discarded
          end of input: = | stop input, end wait
          writable: = | flush
          quiesce: = | end wait
          tick: = | flush
          late tick: = | flush, end wait
          closed: closed
        waiting half-closed
          response: closing | last | stop input, finish output
          last response: closing | last | stop input, finish output
          stream: = | discarded
          end of input: = | stop input, end wait
          writable: = | flush
          read: = | read
          quiesce: = | end wait
          tick: = | flush
          late tick: = | flush, end wait
          closed: closed
        waiting, quiescing
          head: body, waiting
          head+expect: body?, waiting
          last request: finished, waiting | stop input
          refusal: finished, waiting | stop input
          response: closing | last | stop input, finish output
          last response: closing | last | stop input, finish output
          stream: = | discarded
          end of input: finished, waiting | stop input, end wait
          writable: = | flush
          read: = | read
          quiesce: = | end wait
          tick: = | flush
          late tick: = | flush, end wait
          closed: closed
        stream begins
          response: closing | last | stop input, finish output
          last response: closing | last | stop input, finish output
          stream: = | discarded
          event: finished, sending, event due
          event sent: finished, streaming
          end of input: closing | stop input, finish output
          writable: = | flush
          read: = | read
          quiesce: closing | stop input, finish output
          tick: = | flush
          late tick: closed | close
          closed: closed
        stream, event due
          response: closing | last | stop input, finish output
          last response: closing | last | stop input, finish output
          stream: = | discarded
          event sent: finished, sending | send event
          end of input: closing | stop input, finish output
          writable: = | flush
          read: = | read
          quiesce: closing | stop input, finish output
          tick: = | flush
          late tick: closed | close
          closed: closed
        streaming
          response: closing | last | stop input, finish output
          last response: closing | last | stop input, finish output
          stream: = | discarded
          event: finished, sending | send event
          end of input: closing | stop input, finish output
          writable: = | flush
          read: = | read
          quiesce: closing | stop input, finish output
          tick: = | flush
          late tick: finished, sending | flush, send comment
          closed: closed
        streaming, full
          response: closing | last | stop input, finish output
          last response: closing | last | stop input, finish output
          stream: = | discarded
          event: finished, sending | send event
          end of input: closing | stop input, finish output
          writable: = | flush
          read: = | read
          quiesce: closing | stop input, finish output
          tick: = | flush
          late tick: finished, sending | flush, send comment
          closed: closed
        stream of a half-closed
          response: = | discarded
          last response: = | discarded
          stream: = | discarded
          sent: closed | close
          writable: = | flush
          read: = | read
          tick: = | flush
          late tick: closed | close
          closed: closed
        stream, quiescing
          response: = | discarded
          last response: = | discarded
          stream: = | discarded
          sent: draining | close output
          writable: = | flush
          read: = | read
          tick: = | flush
          late tick: closed | close
          closed: closed
        """
}
