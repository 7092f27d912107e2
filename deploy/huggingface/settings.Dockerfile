
# What a Space adds to deploy/Dockerfile: visitors are strangers, who see it in a frame and come through a proxy.
ENV ACTIVATION_LAB_FRAME_ANCESTORS="'self' https://huggingface.co" \
    ACTIVATION_LAB_PUBLIC=1 \
    FORWARDED_ALLOW_IPS=* \
    STREAMLIT_SERVER_XSRF_COOKIE_SAME_SITE=none
