/**
 * The hashes that every version of a major has, by the names of the problems. `npm run bits -- --update` writes
 * them, in a major version only.
 */
export const published: Readonly<Record<string, string>> = {
  "attention: one token float32":
    "3960ffcdb43aa4e819dc49605f4fe1dc24f752fdfb23247d373142aa664a2bda",
  "attention: one token float64":
    "27cadfd3b9b3a940114a4607127006591f66b9d9007d48c39dfabfc97617237e",
  "attention: dense float32": "e3928f8a985a027fc402e0b9b8b4a6161cb97dc2332411523d09b18740d06de1",
  "attention: dense float64": "ef559554a02ebae698dab9c265a03bcedb391de037dd296f40d1b7a1f289709f",
  "attention: weights and lse alone float32":
    "7e0a3a586c61426b1ebff701997f0a83f23dc37150cf4b3b1e1689c93090abe5",
  "attention: weights and lse alone float64":
    "7bde4bc87917b6af9be1558bc09071f994dbca86cf92b3d3d707288b3ebe78f9",
  "attention: decode float32": "4c17b059f6801a7fc7410cbd953738213b24666f257a4e48ee72e81fe131ac38",
  "attention: decode float64": "91b797b7681646ff10f373dc2cbe40582e999b15f778759dfb8b0d9353809713",
  "attention: L along the edges float32":
    "018c5509f307fd911c670802fda44083d4fa19f339205267d8cfe7aed55b6aa1",
  "attention: L along the edges float64":
    "0afb5954de8c86817438dd203e2dd63a91a4e656742008219fb9034fbde0ef83",
  "attention: S along the edges float32":
    "4b8108c0be6cae8a91573c1bd2f439b7b71b79650e2e4bbf3b293f54b0725805",
  "attention: S along the edges float64":
    "c3dd1ba2536958f795b8d93fd2ac6eb861080d0d8b1b0020e96a0cfc47817ebe",
  "attention: D along the edges float32":
    "f7e58b7386c0b87fc17aeb5cc1f7256fbe39a50584ff2bc82b46c8c61366c83a",
  "attention: D along the edges float64":
    "3665289175bc6712de2d093896c5766ebc7fc2e6a6f92ab655ec0e2f22808478",
  "attention: E along the edges float32":
    "820b8f87b6b2c559a6c98fcc0c9e41df5418a52b9d4d7aad886cf472a31f9d8b",
  "attention: E along the edges float64":
    "bf5b75a597f1db4046767709b67b3d11b02a17462b9d83e7b4105f5ae0ef8768",
  "attention: no keys float32": "8aaaa2bf620bed606098389eeb894c1a4409cf9056111433cdbb558a72af9d04",
  "attention: no keys float64": "875b18b5b81006384914d7f889a1736a194df904db33669d516ddeee77757820",
  "attention: no features float32":
    "3daad80b3a4a15c9caf03b16e55567600e309547e2754342c7b301f92a8b7ebc",
  "attention: no features float64":
    "7ddaee838d2e2620eefb039eedea9e83895fd10124000d306bb162d4c70c8d90",
  "attention: grouped float32": "1927a76d2981b953e585898b26ff8f072a857fb3a8b7ccb8c45c5d8317b3d29d",
  "attention: grouped float64": "067a81d16b67903988db58397ddf2e40ab3397a611633ba32bdf4119b379f80b",
  "attention: scale float32": "b5a885a45a0d9a072d2af2245280428b5b30ddc2243c0b4923281837b7deb859",
  "attention: scale float64": "60247ec093c2e5a7b7233efab400266d45c489f97f3eb6df3fc6ab93a5f1e5e1",
  "attention: scale 0 float32": "402c1eb97dedfe21659f79a72b9b6b676dffb8c88d8fd0bdef17024cb701e748",
  "attention: scale 0 float64": "5480bc9a119d0ea6d2a8d20192c4c1ff1cb5ea22ae57ec77442aa8bc65b3f953",
  "attention: softcap float32": "e108c61888ac405d6c8808c9853657dbf060890679a6ad7fbb7963a8098f31b6",
  "attention: softcap float64": "6de80c2583ea3927f8fe9154782f9b84eed5e008b19958e02e9737f27342d1b7",
  "attention: sinks float32": "22f00195fef5d42026865511cc3ea6effa9558d620deacdf8f82d5b4b2917593",
  "attention: sinks float64": "9553405cc9a87f81dfcd958c666d7d22a0d88abca780641534c279143f8ee6ef",
  "attention: sequence first, scattered in memory float32":
    "80494f7fbc4ee44448f52ac74c79ddfc5348472b788b27fe310fd6b0fb4ba44d",
  "attention: sequence first, scattered in memory float64":
    "5e0bdda0c7fb69a9c0baaab3d4f8df7cd8b8342f8c29039defd66818a83bc988",
  "attention: one head, ties float32":
    "ca8c1955d5779163d29fdcc29577f3347edf2e169392f1791a6cc3dc6e27e348",
  "attention: one head, ties float64":
    "978a31998f6fe11256d25a56f3bf0c39f2ed10f6173d1118646e3f7e82e63e35",
  "attention: keys that are all the same float32":
    "fdf3a9173ec548702c8e0130f57fe058b15a366062a35a43b869177481aab354",
  "attention: keys that are all the same float64":
    "03feb51c6c82018e4077e43b593ca22979a93279be0cc6501a49929829a1d106",
  "attention: five thousand keys float32":
    "71e3280b6e7521c83410769651b659acb6628bb9220d70edef73d306033dd3c1",
  "attention: five thousand keys float64":
    "20e034a9d76a26b22dcb34b18668de28866e5ff092a7d86e6391d1a05407761a",
  "attention: out float32": "3b6218afd0c1e3841c9cfd380d3c6663e77bcd8c951ed6da154a69b17842013a",
  "attention: out float64": "fb208fbee382a1f0e9e0f62c153a3c8040399fd2357e6cee0d03bd6b36a759eb",
  "attention: causal float32": "d31ba2cdbbbb7e5effb37ee70521e3e9e8df7086c401b6f28e0d1424a6dd0f38",
  "attention: causal float64": "c646e0f6b74183c5ec49d02107695367407198b8ec31c0bdcf5406c104c69e19",
  "attention: causal, bottom right float32":
    "53d607b17096749ec29d6df6986603a9817fd608fcef66365843d04351a78d7f",
  "attention: causal, bottom right float64":
    "3ba8e6b1443bb01ab528ce22002442d3c39d0e89dd1d98cf1e8aae02af86f017",
  "attention: causal, top left float32":
    "2a42135fe1efe48ce089301afc367363e3d80862da6dbab3d6d403ce528d4073",
  "attention: causal, top left float64":
    "c5911c17feefb5788de8c1d377e3c72d2d7ad3258714442b151a28d4e8eb9744",
  "attention: causal, an offset for each entry float32":
    "a8d640341645857133ff9ff73c4b715057857581924c8cfd9c05044908ddea9b",
  "attention: causal, an offset for each entry float64":
    "1b014919d105927e1ac2a13ecdd5f05d03ad0c26cdedc0af09196da0dee25725",
  "attention: window float32": "1b7ba1e658ba50fe37545bfbdb0258191d2350b059e836d3b6caef04cd64a999",
  "attention: window float64": "e4c6ba00ac02f1f7daee07f80f01022b715e0f13667db53ae20f885a802b98e9",
  "attention: window under causal float32":
    "6754838a8607cac53526247fbe93da4fceec8fb36736101273bea9d36467b287",
  "attention: window under causal float64":
    "44582683085b5bb4d1be34593362024d237271ecb0fa886b0d85ccf167a5e736",
  "attention: lengths float32": "69dacba6461c5594135b7f7754ae29f897d629b9080f880089f073bc92c3b49b",
  "attention: lengths float64": "1b7206225c7d8c2dc300495af692facd401a642524f9664bd88e18e9d43b0d0f",
  "attention: segments float32": "5a2e17c2a2b586219996a929641828a5e850673efa570f887bf7c626de980f00",
  "attention: segments float64": "41b95171856aaa45f019e338f94a240657e4784231b87d32f0994259b5d14d3c",
  "attention: allow, full rank float32":
    "060c8be4818d09f106dbc379ac84206f3f6015060ce51b00274ea6e25eda69a3",
  "attention: allow, full rank float64":
    "a9bf7bc400fb186b16f46c049be772b9ff273dfbe23e514f4beeff05bb38ef8c",
  "attention: block, one row for all float32":
    "d5c3996d4293bf72bace6f7ab50b6b56be5cedc63381e16ad900e946f782e919",
  "attention: block, one row for all float64":
    "b502293329d85e1498aff7fbdfcbcf968efc9cc1ee016b517a30f44491269948",
  "attention: or, not, prefix, where float32":
    "62fc96d318eb4d6a4756000a246ffa5ceb6066052349ba6a774d719d53b65204",
  "attention: or, not, prefix, where float64":
    "541c0be3bb86a35f4483c5f517e372a3aae74f80c94257af8c46d4b3f10ece95",
  "attention: bias float32": "f82a6a74080d6e60f75de27dbff27f38b0a69199b9e866f12a8aa0b5146b2b45",
  "attention: bias float64": "fdc9949e981aa98b273b75cae0cc0966defa859b71836b051ad15c498fd0b80d",
  "attention: alibi and a bias float32":
    "2415a19ad6336bcdd439cdca1232dc44d524a0525097438efa59230aa122f21b",
  "attention: alibi and a bias float64":
    "2fa2fd2b5073757941e412878a874c85cfcac3d402a001534bb730df27860d39",
  "attention: empty rows are zero float32":
    "47a4c9eab6e87884c066fa8132c335111dab7f7cf68c579e5d4914c4f8d997bc",
  "attention: empty rows are zero float64":
    "72bcc5efca5f4b013eeb6bf2c0eb35fa76c7fa08f74217230fa5b8d36b35b760",
  "attention: empty rows are nan float32":
    "903ac0abfb2f49c3c41ca0976551deeae3d94a40e8100786fe16c446bb252f14",
  "attention: empty rows are nan float64":
    "ffc7b9e8783cdcf3f69720200a60099680475c169c32fa39ed23dc9fe9aba8d1",
  "attention: everything at once float32":
    "06f48003d307d2d97d53039f74ce084058d0b5c746459ca018981bb04cfdaa4c",
  "attention: everything at once float64":
    "34f7c9607acb684e48717fdd79f21cc1927dac5fafcdaa5285671a5b45eda20a",
  "numbers: wild float32": "08107c3598908ea565389f687b058b2052c09a6c88bcdc45cf8b16fe4c62d5cb",
  "numbers: wild float64": "737158e79ebdce37d43c4aa5223707f407f7f5e22a8a3dc9bcc0648ca16c3abc",
  "numbers: wild, with every option float32":
    "8456a9163e9dd0194250772086981899d08c3e4bd329715faefe69de412662bd",
  "numbers: wild, with every option float64":
    "5670f619ccf8a0d59511cbd8a24d4552b8eba73ad9cf1fe271b8f110ba78a9ef",
  "numbers: poison behind a causal mask float32":
    "f46d75e99c8a150521abc15b6e81e178a383546e06a6c054a25cdbdbeecc24ea",
  "numbers: poison behind a causal mask float64":
    "a92eeef8b230de0dca290996b1595be12188a00fa2a1b5896ecf395ac3d9cd66",
  "numbers: poison behind blocked keys float32":
    "a7d1c5e23797f7e4dcedf1b886d737dda87d46838001b451c8f8d116f8218835",
  "numbers: poison behind blocked keys float64":
    "9ea665bde6ff50ac89514e4d9eb983e9d88388944231b09a125b70df1bb6457e",
  "numbers: scores that overflow float32":
    "7c2df707975f5f9acca95d12aa7a93fb5e8fe61785b062512bc1f846bcd9a864",
  "numbers: scores that overflow float64":
    "2cb6b9c7745c6ac2e938b5117ad2f25efec087e9c64cc6d6cd98d14a8569ebf9",
  "numbers: partial sums that overflow float32":
    "94aac5f5206b2080ad8258b83b33685027924709e07963c132bfb95ec0a9d89b",
  "numbers: partial sums that overflow float64":
    "b64305be45203b096d9d25e4eb6ba2c2fc90ef915f8a690906a73bae41fcba60",
  "numbers: values near the largest float32":
    "d2e04ba3bd09613e9721d3120aaea5b465e6db83480617931c0904f5084d6d32",
  "numbers: values near the largest float64":
    "fc2e4c82b7486de69a43c3b87e7e88404663b1c6e3f951f41d2dbc40845f0a01",
  "numbers: below the normal ones float32":
    "a1d05fad9368d097142c7247a74c2a3eac4f0f51ed26f334d8f9b82848bd5711",
  "numbers: below the normal ones float64":
    "bd5167f39f0befca833aa527534d95aeab00fd08ad00e1db3ef891bc73881419",
  "numbers: weights that underflow float32":
    "d652af0fdd3cc46c768c542fc687f06d795fe18aa2d3b65312ad33641c2f0829",
  "numbers: weights that underflow float64":
    "edfdc58a9f10508c9a9324ed32e85b34909cad5d3510abff04d4cb6b0fc4c521",
  "numbers: a row of −Infinity scores float32":
    "7f3d8cbcfcc92b53e95a514b6d99e34b1699463c0641b99ab3fb628eab3d3de2",
  "numbers: a row of −Infinity scores float64":
    "b8b7a74de996eabc94ce297ae6a0c7977e7b9a058b3c2faee25596ba5730c0c4",
  "matmul: square float32": "cd170dd649d10088a301cc97ca68fe73a62006dd46fb0b836b5aa74a1bf878f0",
  "matmul: square float64": "15bd5a0dfcf25a874c0c66eba3923c887e3549f4a0725e2d0e820de0e5936649",
  "matmul: m along the edges float32":
    "0200f06b276c9a6b6e19d0aaa9c48188db8a672e15d2f3c6169cdc5d5195acf8",
  "matmul: m along the edges float64":
    "ec78ba6bb7e50c07ecb56df780837642d7b5ff634c26645fc44acee48037135b",
  "matmul: k along the edges float32":
    "02a2cf3fcc6a6ef0acdbeeb8f1249474857425d0bea3bdbd89f656afa0c61ac0",
  "matmul: k along the edges float64":
    "3e64f6eb79ea2791abac3f6281cace571b624f1bbb7c1b6166839a7b276c7fd4",
  "matmul: n along the edges float32":
    "42b23b70772f7148a790af69dbc51f868ce0919449c1747a579c734f812abded",
  "matmul: n along the edges float64":
    "bb501aa9e3fbebd489d119624a6fc67fbb607ed8a57362b5184741a570fbac78",
  "matmul: transposed, scattered, broadcast float32":
    "82cd9af6bbdf7ded03befe92dcf60c61832e7adee04da37d7e4fe9ce6d1c2d1a",
  "matmul: transposed, scattered, broadcast float64":
    "7289e9a027621fc97f56daeb2e1c05b58776d17db5660080fa4ddd80d08ae135",
  "matmul: not finite float32": "d915702e7fa27c216b62d839215cf9d2f2cd1bd0a16f6a5c7b0c4a4691370d08",
  "matmul: not finite float64": "f6220c96f4e47f8d0664af9d717639ed9b2c1126401aacaf1d538c65e765e544",
  "softmax and logSumExp: along the edges float32":
    "decb913e7bb50417e41083269ca789b8f66686244abeec9dae81dd73a6a5ab3f",
  "softmax and logSumExp: along the edges float64":
    "c513d77d87f5b09a380724831f15c1647eb244fe4ae95e4f8c0c575076fb0d22",
  "softmax and logSumExp: any axis of a view float32":
    "4d9575d2c66d286b7662394871f876148314042b360beebf974ba10c92239036",
  "softmax and logSumExp: any axis of a view float64":
    "b5dc051a1d0c9f803d10ca6667facfb1748f7e7396204930a6fa6e99a3202c63",
  "softmax and logSumExp: not finite float32":
    "35b1d4b6bb93aafed26b0e7b1caa9482f564451bbce4845dab7e08d4fa32154e",
  "softmax and logSumExp: not finite float64":
    "93a85a8c6443b391c3f06941f84c5b5aeb555d76e08b9a3518d0b98b8f4ed39e",
  "mergeAttention: three parts and sinks float32":
    "b92d7a2fd9a6f5c00fbf25013616e4871b31d5f6b37e50859705e9f7b74034dd",
  "mergeAttention: three parts and sinks float64":
    "7f1cba39ed1b96858dd4afd5493f6e4f212b54d9b0406eb90ed1590884f773b0",
  "elementary: exp float32": "2e546ad8411b4fe0747a1b720774c65a8c172485c02a3a18c039527d9e226b39",
  "elementary: exp float64": "f2491a27fda188d6ff7ad40797256d1c3df4fcc5d2bfb0d216d6bb79c38a2c24",
  "elementary: log float32": "bf52b23ce8a5634d080b726c38c033c160e8e35f6166860bd8db26663713cbd4",
  "elementary: log float64": "43720743e58d9e0e0b027468849e93278464ca0c3639cf544e6a968175425332",
  "elementary: tanh float32": "368335446f1b2e947f702d6aaca53208cb61f40907f47046cdba05404e02358e",
  "elementary: tanh float64": "a64e9578fef85cfeb65bec8c922c3389ee5e235e741a64daf3372003045444c3",
  "elementary: sin and cos float32":
    "0cc526495559b9017f50d22d5c2f30f35108a3cc8d08fc2d9310e5504d183d3d",
  "elementary: sin and cos float64":
    "38d44c6f9bafe95ebe4735e2692cca022252089c316c3a223b99220f56fd8919",
  "sinusoidal and alibiSlopes float32":
    "258121d817f115e9870f3adc0eb199e38c08862c51e5d742797c90d15d41e704",
  "sinusoidal and alibiSlopes float64":
    "4d712be7ffd398dc9194bfb3c5c0a2781677669024e08b1d5d4e1ef3fc6b1de6",
  "rotary: half float32": "b847068b19fa7a979374f22d00a00723fe6ac8a5e147d4640dadf99f50fe4fbf",
  "rotary: half float64": "0d0a04dbe1af7111247eae67bbf2792f4cf5250ef87d41fdb57e2195dd945290",
  "rotary: interleaved float32": "2b95075d72cb1d7032e88ed32d09701cf6f793bf82e45c585b5a22036a0bb368",
  "rotary: interleaved float64": "d1e8a022cf7d13d81c7ff5ef16b2ab3fd3378a5ae147f111630f23b80e6c3052",
  "multiHeadAttention: own projections float32":
    "4a2417ca2e58379e1fe5cdf8b13d8bf498f973caaa702cc81cf6ab7afe14330c",
  "multiHeadAttention: own projections float64":
    "e898ce5d92ef161cd0ffd3dfafb8a1649a7a7cbb41e844333bb72c5a075601a2",
  "multiHeadAttention: a layer of PyTorch float32":
    "9095eb848481dcd85e0d2c26792ce81ee3d2fa22914f7c8abbd853838cddf64b",
  "multiHeadAttention: a layer of PyTorch float64":
    "e0d3419b9be085d56938cb0460e49f44da8062064e197455b24100852dc64721",
  "splitHeads and mergeHeads float32":
    "ac7d74b616fdac366beefd617a15c4804a6ad67f9811f4c27f4a619c795b0029",
  "splitHeads and mergeHeads float64":
    "be253df51618160974eac8c93fc7ff2fea81893155476bc54583a07e16d43ac5",
  "decode: a prompt, then steps over the edge of a tile float32":
    "483581649e9088fa04ae6411307d0f85149cafd5f0c487c919ca546aafdcedfb",
  "decode: a prompt, then steps over the edge of a tile float64":
    "3c0609f1443ddc3ffcfb460166dc6fcf4dbf55ca642979a9951030e836225d1a",
  "decode: a window that gives up keys float32":
    "d3a67c2031c9c0383cd7b68f0119a27fab7511b0dcf4951d3576a8f22e8cd713",
  "decode: a window that gives up keys float64":
    "1462b06574b623804765803efe6acfbdffd5efa73f35db8d6028c0d50d0240b4",
  "decode: truncate and fork float32":
    "2b73e4c1e7dc44db492ef53f8e998020645130ec0d4b4db4522647be0caf41da",
  "decode: truncate and fork float64":
    "f0b5208836406474053edb4ca2e1cfd52c08b0c7a03f7e4b624109e8e026886f",
};
