"""The network client: servers, query and retrieve, sending, by DIMSE and by DICOMweb.

=====================  ==============================================================================================
`nodes`                the servers that the user entered
`credentials`          their passwords and tokens: in the system's keyring, or in memory
`client`               one face for both kinds of server: `connect` gives a `Client`
`dimse`, `web`         the two kinds
`retrieving`           a study fetched: what is there already is not fetched again, what failed can be asked for again
`queue`, `sender`      what is to be sent, kept over a restart, and the threads that send it
=====================  ==============================================================================================

Nothing here knows Qt, and nothing here runs on the GUI thread. pynetdicom, dicomweb-client and keyring are imported
where they are used.
"""
