from altair.utils.schemapi import disable_debug_mode

disable_debug_mode()  # each chart is validated as a whole, so Altair need not look at each part before
